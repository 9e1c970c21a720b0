/** Milliseconds of a day. */
export const DAY = 86_400_000;

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** The time of day at which a request comes in, in milliseconds since midnight. */
export const START_OF_DAY = 9 * HOUR;

/** When somebody who works some hours a day, from nine o'clock on, has done an amount of work. All in milliseconds, days have no weekends. */
export function workedUntil(from: number, work: number, hoursPerDay: number): number {
  if (hoursPerDay >= 24) return from + work;
  const shift = Math.round(hoursPerDay * HOUR);
  let now = whenAtWork(from, hoursPerDay);
  const intoShift = now % DAY;
  const rest = shift - intoShift;
  if (work <= rest) return now + work;
  const after = work - rest;
  const days = Math.floor((after - 1) / shift);
  now += DAY - intoShift + days * DAY;
  return now + (after - days * shift);
}

/** The first moment from which on somebody who works some hours a day is at work. The run starts at the start of a day's work. */
export function whenAtWork(from: number, hoursPerDay: number): number {
  if (hoursPerDay >= 24) return from;
  return from % DAY < Math.round(hoursPerDay * HOUR) ? from : from - (from % DAY) + DAY;
}

/** The first moment at which a person is there who keeps certain hours, given in minutes since midnight. */
export function whenThere(from: number, hours: readonly [from: number, to: number] | undefined): number {
  if (!hours) return from;
  const [opens, closes] = [hours[0] * MINUTE, hours[1] * MINUTE];
  const time = (from + START_OF_DAY) % DAY;
  if (time < opens) return from + opens - time;
  return time < closes ? from : from + DAY - time + opens;
}

/** How long somebody works who has some hours a day, between two moments. */
export function workTime(from: number, to: number, hoursPerDay: number): number {
  return workBefore(to, hoursPerDay) - workBefore(from, hoursPerDay);
}

function workBefore(moment: number, hoursPerDay: number): number {
  if (hoursPerDay >= 24) return moment;
  const shift = Math.round(hoursPerDay * HOUR);
  return Math.floor(moment / DAY) * shift + Math.min(moment % DAY, shift);
}

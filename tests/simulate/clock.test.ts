import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, START_OF_DAY, whenAtWork, whenThere, workedUntil, workTime } from '../../src/simulate/clock.ts';
import { absencesIn, backFrom, PRESENT } from '../../src/simulate/post.ts';
import type { Scenario } from '../../src/team/scenario.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Whether somebody who works so many hours a day, from the moment that the request comes in, is at work in a minute. */
const isAtWork = (minute: number, hours: number): boolean => minute % 1440 < Math.round(hours * 60);

const hours = fc.constantFrom(1, 2.5, 4, 8, 23.5, 24, 30);
const minutes = fc.integer({ min: 0, max: 4 * 1440 });

test('work is done when so many minutes of it have passed, each at work', () => {
  fc.assert(
    fc.property(minutes, fc.integer({ min: 0, max: 1500 }), hours, (from, work, aDay) => {
      let [now, left] = [from, work];
      while (!isAtWork(now, aDay)) now++;
      for (; left > 0; now++) if (isAtWork(now, aDay)) left--;
      expect(workedUntil(from * MINUTE, work * MINUTE, aDay) / MINUTE).toBe(now);
    }),
  );
});

test('the time at work between two moments is that of the minutes at work', () => {
  fc.assert(
    fc.property(minutes, fc.integer({ min: 0, max: 3000 }), hours, (from, length, aDay) => {
      const worked = Array.from({ length }, (_, at) => from + at).filter((minute) => isAtWork(minute, aDay)).length;
      expect(workTime(from * MINUTE, (from + length) * MINUTE, aDay) / MINUTE).toBe(worked);
    }),
  );
});

test('whoever is not at work begins with the next day', () => {
  fc.assert(
    fc.property(minutes, hours, (from, aDay) => {
      let now = from;
      while (!isAtWork(now, aDay)) now++;
      expect(whenAtWork(from * MINUTE, aDay) / MINUTE).toBe(now);
    }),
  );
  expect(whenAtWork(8 * HOUR - 1, 8)).toBe(8 * HOUR - 1);
  expect(whenAtWork(8 * HOUR, 8)).toBe(DAY);
});

test('a person with hours is there in the first minute that lies in them', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }));
  fc.assert(
    fc.property(minutes, span, (from, [opens, length]) => {
      const closes = Math.min(1440, opens + length);
      const time = (minute: number): number => (minute + START_OF_DAY / MINUTE) % 1440;
      let now = from;
      while (time(now) < opens || time(now) >= closes) now++;
      expect(whenThere(from * MINUTE, [opens, closes]) / MINUTE).toBe(now);
    }),
  );
  expect(whenThere(17, undefined)).toBe(17);
});

test('somebody who is away several times is back as soon as no absence holds, in whatever order they are written', () => {
  const absence = fc.record({ from: fc.nat(20), lasting: fc.oneof(fc.nat(6), fc.constant(Number.POSITIVE_INFINITY)) });
  fc.assert(
    fc.property(fc.array(absence, { maxLength: 5 }), fc.nat(25), (absences, now) => {
      const faults = absences.map((each) => ({ kind: 'unavailable', who: { id: 'dev' }, ...each }));
      const found = absencesIn({ faults } as unknown as Scenario).get('dev') ?? PRESENT;
      const isAway = (time: number): boolean =>
        absences.some(({ from, lasting }) => time >= from && time < from + lasting);
      let back = now;
      while (back < 100 && isAway(back)) back++;
      expect(backFrom(found, now)).toBe(back < 100 ? back : Number.POSITIVE_INFINITY);
    }),
  );
});

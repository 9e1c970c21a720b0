/** A time of a run as a person reads it: `2:15`, `1d 0:30`; below a minute in seconds. */
export function timeText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds > 0 && seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  const days = Math.floor(minutes / 1440);
  const clock = `${Math.floor((minutes % 1440) / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return days > 0 ? `${days}d ${clock}` : clock;
}

/** A stretch of time in words: `12s`, `30m`, `2h 15m`, `1d 4h`. */
export function spanText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes === 0) return milliseconds === 0 ? '0m' : `${Math.max(1, Math.round(milliseconds / 1000))}s`;
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes % 60, 'm'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .slice(0, 2)
    .map(([number, unit]) => `${number}${unit}`)
    .join(' ');
}

/** US dollars with cents; small amounts with as many digits as they need. */
export function costText(dollars: number): string {
  return `$${dollars >= 0.995 || dollars === 0 ? dollars.toFixed(2) : dollars.toFixed(3)}`;
}

/** A share of one as a percentage. */
export function percentText(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`;
}

import { isWithin } from '../../src/simulate/conditions.ts';
import type { SimEvent } from '../../src/simulate/event.ts';
import { isSuch } from '../../src/simulate/event-pattern.ts';
import type { Over } from '../../src/simulate/state.ts';
import type { Expectation, Span } from '../../src/team/scenario.ts';

/** What an expectation means, said over the whole list of events at once: where it holds, and the first event that breaks it. */
export function meant(
  expectation: Expectation,
  events: readonly SimEvent[],
  over: Over,
  now: number,
): { readonly status: 'kept' | 'broken' | 'open'; readonly brokenAt?: number } {
  if (expectation.kind === 'share' || expectation.kind === 'utilization') return { status: 'open' };
  if (expectation.kind === 'count') {
    const counts = events.map(
      (_, at) => events.slice(0, at + 1).filter((each) => isSuch(expectation.event, each)).length,
    );
    const breaking = (name: string): boolean => name === 'at-most' || name === 'below';
    const brokenAt = counts.findIndex(
      (count, at) =>
        isSuch(expectation.event, events[at]!) &&
        expectation.bounds.some(([name, bound]) => breaking(name) && !isWithin(count, name, bound)),
    );
    if (brokenAt !== -1) return { status: 'broken', brokenAt };
    const total = counts.at(-1) ?? 0;
    if (expectation.bounds.every(([name, bound]) => isWithin(total, name, bound))) return { status: 'kept' };
    return { status: over.kind === 'limit' ? 'open' : 'broken' };
  }
  const found = windows(expectation, events).map((window) => {
    const hit = window.inside.find((at) => isSuch(expectation.event, events[at]!));
    if (expectation.kind === 'never') return hit;
    if (hit !== undefined) return undefined;
    if (window.closed !== undefined) return window.closed;
    const isOpen = over.kind === 'limit' && now - window.from <= (expectation.within ?? Number.POSITIVE_INFINITY);
    return isOpen ? 'open' : 'end';
  });
  const early = found.filter((each): each is number => typeof each === 'number');
  if (early.length > 0) return { status: 'broken', brokenAt: Math.min(...early) };
  if (found.includes('end')) return { status: 'broken' };
  return { status: found.includes('open') ? 'open' : 'kept' };
}

/** The stretches in which an expectation looks: positions of events after a start, until what closes it: an event, or the time. */
function windows(
  { after, before, within }: Span,
  events: readonly SimEvent[],
): readonly { readonly from: number; readonly inside: readonly number[]; readonly closed?: number }[] {
  const starts = after ? events.flatMap((event, at) => (isSuch(after, event) ? [at] : [])) : [-1];
  return starts.map((start) => {
    const from = start === -1 ? 0 : events[start]!.t;
    const closes = events.findIndex(
      (event, at) =>
        at > start && ((before && isSuch(before, event)) || event.t - from > (within ?? Number.POSITIVE_INFINITY)),
    );
    const end = closes === -1 ? events.length : closes;
    const inside = events.map((_, at) => at).slice(start + 1, end);
    return { from, inside, ...(closes === -1 ? {} : { closed: closes }) };
  });
}

import type { Place } from '../text/place.ts';
import type { LadderItem, LadderStep, Recovered } from './relations/relation.ts';

/** The escalation ladder of a team, and where each of its steps is written. */
export interface FoundLadder {
  readonly source: string;
  readonly steps: readonly { readonly step: Readonly<Record<string, unknown>>; readonly at: Place }[];
  /** Other roles whose text has a ladder that says something else; it stays prose. */
  readonly others: readonly { readonly source: string; readonly at: Place }[];
}

/**
 * Makes the team's ladder of the first escalation protocol whose every step says who handles it. A team has one ladder:
 * those of other roles that differ stay prose.
 */
export function ladderOf(ladders: Recovered['ladders']): FoundLadder | undefined {
  const whole = ladders.filter(
    ({ steps }) => steps.length > 1 && steps.every(({ by }) => by !== undefined && by !== 'person'),
  );
  const [first, ...rest] = whole;
  if (!first) return undefined;
  const steps = first.steps.map((step) => ({ step: stepOf(step), at: step.at }));
  const said = JSON.stringify(steps.map(({ step }) => step));
  return {
    source: first.source,
    steps,
    others: rest
      .filter((other) => JSON.stringify(other.steps.map(stepOf)) !== said)
      .map((other) => ({ source: other.source, at: other.steps[0]!.at })),
  };
}

function stepOf(step: LadderStep): Readonly<Record<string, unknown>> {
  const { title, by, items } = step;
  const when = triggersOf(step).map(({ text }) => text);
  const todo = items.flatMap(({ text }) => {
    const action = ACTION.exec(text)?.[1];
    const [trigger = '', deed] = text.split(ARROW);
    if (action !== undefined) return [plain(action)];
    return deed === undefined ? [] : [`${plain(trigger)}: ${plain(deed)}`];
  });
  return {
    name: plain(title),
    by,
    ...(when.length > 0 ? { when } : {}),
    ...(todo.length > 0 ? { do: todo } : {}),
  };
}

const ACTION = /^\**action\**\s*:\**\s*(.+)$/is;
const ARROW = /\s*(?:→|->|=>)\s*/;

/** What sends a failure to a step, each without what is then to be done. */
export function triggersOf({ items }: LadderStep): readonly LadderItem[] {
  return items
    .filter(({ text }) => !ACTION.test(text))
    .map((item) => ({ ...item, text: plain(item.text.split(ARROW)[0] ?? '') }));
}

/** Words without the marks of Markdown. */
export function plain(text: string): string {
  return text.replace(/\*\*|`/g, '').trim();
}

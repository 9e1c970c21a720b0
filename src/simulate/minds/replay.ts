import type { Choice, Mind, Pick } from '../choice.ts';

/** An answer that was given before. */
export interface Recorded {
  readonly key: string;
  readonly pick: Pick;
}

/** A run took another way than its recording; the message names the first difference and its cause. */
export class Divergence extends Error {}

/** Gives the answers of a recording, in their order. */
export function replayMind(recorded: readonly Recorded[]): Mind & { readonly rest: () => number } {
  let position = 0;
  return {
    name: 'replay',
    rest: () => recorded.length - position,
    pick(choice) {
      const next = recorded[position];
      if (next?.key !== choice.key) throw new Divergence(otherQuestion(choice.key, next, recorded, position));
      position++;
      const why = misfit(choice, next.pick);
      if (why !== undefined) throw new Divergence(why);
      return next.pick;
    },
  };
}

function otherQuestion(
  key: string,
  next: Recorded | undefined,
  recorded: readonly Recorded[],
  position: number,
): string {
  if (!next) return `The recording ends after ${recorded.length} choices, and the run asks for "${key}".`;
  const later = recorded.slice(position).some((each) => each.key === key);
  const cause = later
    ? 'it comes later there: what happens before it has changed'
    : 'the recording never comes to it: the team or the scenario has changed';
  return `At choice ${position + 1} the run asks for "${key}", and the recording has "${next.key}"; ${cause}.`;
}

/** Why a recorded answer can't be given now. */
function misfit(choice: Choice, pick: Pick): string | undefined {
  if (choice.kind === 'one') {
    const names = choice.options.map(({ name }) => name);
    if (typeof pick === 'string' && names.includes(pick)) return undefined;
    return `At "${choice.key}" the recording has "${pick}", and now there are only: ${names.join(', ')}.`;
  }
  if (typeof pick === 'number' && pick >= choice.least && pick <= choice.most) return undefined;
  return `At "${choice.key}" the recording has ${pick}, which lies outside ${choice.least} to ${choice.most} milliseconds.`;
}

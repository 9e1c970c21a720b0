import type { Choice, Mind, Pick } from '../choice.ts';
import type { Heard, Turn, TurnChoice } from '../turn.ts';

/** An answer that was given before. */
export interface Recorded {
  readonly key: string;
  readonly pick: Pick;
  /** Of a turn: what the role had heard before it. */
  readonly heard?: readonly Heard[];
}

/** A run took another way than its recording; the message names the first difference and its cause. */
export class Divergence extends Error {}

/** Gives the answers of a recording, in their order. */
export function replayMind(recorded: readonly Recorded[]): Mind & { rest(): number; turn(choice: TurnChoice): Turn } {
  let position = 0;
  const answerTo = (key: string): Recorded => {
    const next = recorded[position];
    if (next?.key !== key) throw new Divergence(otherQuestion(key, next, recorded, position));
    position++;
    return next;
  };
  return {
    name: 'replay',
    rest: () => recorded.length - position,
    pick(choice) {
      const { pick } = answerTo(choice.key);
      const why = misfit(choice, pick);
      if (why !== undefined) throw new Divergence(why);
      return pick;
    },
    turn(choice) {
      const { heard = [], pick } = answerTo(choice.key);
      const why = misheard(choice, heard);
      if (why !== undefined) throw new Divergence(why);
      return pick as Turn;
    },
  };
}

/** What a role hears now and did not hear in the recording, or the other way round. */
function misheard({ key, role, heard }: TurnChoice, recorded: readonly Heard[]): string | undefined {
  const at = heard.findIndex(({ deed, ok, text }, index) => {
    const other = recorded[index];
    return other?.deed !== deed || other.ok !== ok || other.text !== text;
  });
  const [now, before] = at === -1 ? [undefined, recorded[heard.length]] : [heard[at], recorded[at]];
  if (!now && !before) return undefined;
  const told = (each: Heard | undefined): string => (each ? `"${each.text}"` : 'nothing more');
  return `At "${key}" ${role} hears ${told(now)}, and in the recording it heard ${told(before)}: the team or the scenario has changed.`;
}

function otherQuestion(
  key: string,
  next: Recorded | undefined,
  recorded: readonly Recorded[],
  position: number,
): string {
  if (!next) return `The recording ends after ${recorded.length} choices, and the run asks for "${key}".`;
  const later = recorded.some((each) => each.key === key);
  const cause = later
    ? 'it comes later there: what happens before it has changed'
    : 'the recording never comes to it: the team or the scenario has changed';
  return `At choice ${position + 1} the run asks for "${key}", and the recording has "${next.key}"; ${cause}.`;
}

/** Why a recorded answer can't be given now. */
function misfit(choice: Choice, pick: Pick): string | undefined {
  if (typeof pick === 'object') return `At "${choice.key}" the recording has a turn, and now a choice is due.`;
  if (choice.kind === 'one') {
    const names = choice.options.map(({ name }) => name);
    if (names.some((name) => name === pick)) return undefined;
    return `At "${choice.key}" the recording has "${pick}", and now there are only: ${names.join(', ')}.`;
  }
  if (typeof pick === 'number' && pick >= choice.least && pick <= choice.most) return undefined;
  return `At "${choice.key}" the recording has ${pick}, which lies outside ${choice.least} to ${choice.most} milliseconds.`;
}

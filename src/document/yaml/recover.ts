import { type Event, parseEvents, YAMLException } from 'js-yaml';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import { MAX_DEPTH, type Range } from '../document.ts';
import { syntaxErrors } from './errors.ts';
import { type Surprise, shallowBracket, surpriseAt } from './surprises.ts';

/** What could be made of a text that isn't YAML. */
export interface Recovery {
  readonly problems: readonly Diagnostic[];
  /** The text with what couldn't be read crossed out, at the same length; its events, if the rest is YAML. */
  readonly text: string;
  readonly events?: readonly Event[];
  /** Whether something was crossed out, so that the events are not what the author meant. */
  readonly broken: boolean;
}

/** Where js-yaml stopped reading a text, and why, in its words. */
export interface Stop {
  readonly offset: number;
  readonly reason: string;
}

/** How many mistakes are explained one after the other. */
const MAX_SURPRISES = 20;

/**
 * Explains why a part of a file can't be read. Each text that YAML took for something else is told and crossed out, and
 * the reading goes on behind it; what is left is told by its error codes.
 */
export function recover(source: Source, [start, end]: Range): Recovery {
  const { path } = source;
  let text = source.text.slice(start, end);
  const problems: Diagnostic[] = [];
  let broken = false;
  while (true) {
    const read = attempt(text);
    if (Array.isArray(read)) return { problems, text, events: read, broken };
    const surprise =
      problems.length < MAX_SURPRISES && !text.includes('\0') ? surpriseIn(source, text, read, start) : undefined;
    if (!surprise) return { problems: [...problems, ...syntaxErrors(path, text, start, read)], text, broken: true };
    problems.push(surprise.problem);
    broken ||= !surprise.harmless;
    const [from, to] = surprise.range;
    text = text.slice(0, from - start) + surprise.instead + text.slice(to - start);
  }
}

/** The events of a text, or where reading stopped. */
export function attempt(text: string): Event[] | Stop {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { offset: Math.max(0, error.mark?.position ?? 0), reason: error.reason };
  }
}

/** Surprises are looked for in the text as it stands, but not where it was already crossed out. */
function surpriseIn({ path, text: file }: Source, text: string, stop: Stop, start: number): Surprise | undefined {
  const shown = file.slice(0, start) + text;
  const offset = Math.min(stop.offset, text.length) + start;
  const shallow = stop.reason === 'deficient indentation' ? shallowBracket(path, shown, offset) : undefined;
  const surprise = shallow ?? surpriseAt(path, shown, offset);
  return surprise && surprise.range[0] >= start ? surprise : undefined;
}

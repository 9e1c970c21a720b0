import { Chalk, type ChalkInstance } from 'chalk';
import type { FileChange } from './plan.ts';
import type { Style } from './result.ts';
import { count } from './summary.ts';
import { visible } from './visible.ts';

/** How many lines of one difference a person is shown, unless everything is asked for. */
const SHOWN = 60;

/** How far two texts may be apart, in lines, before nobody wants to read the difference. */
const FAR = 2000;

/** A difference between what stands on the disk and what teamc would write. */
export interface Difference {
  readonly change: FileChange;
  /** A unified diff; empty where a file is missing, goes, or is too different to show. */
  readonly diff: string;
}

/** The differences of changes, as unified diffs whose paths are those of the output folder. */
export async function differences(changes: readonly FileChange[]): Promise<readonly Difference[]> {
  const { createTwoFilesPatch } = await import('diff');
  return changes
    .filter(({ action }) => action !== 'keep')
    .map((change) => {
      const { path, before, after } = change;
      if (before === undefined || after === undefined) return { change, diff: '' };
      const options = { context: 3, maxEditLength: FAR };
      const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, options);
      return { change, diff: patch?.replace(/^=+\n/, '') ?? '' };
    });
}

/** Differences for a person: why, then the lines. */
export function prettyDifferences(found: readonly Difference[], everything: boolean, { color }: Style): string {
  const paint = new Chalk({ level: color });
  return found.map((each) => block(each, everything, paint)).join('');
}

/** What the differences come to: in a check, or where they keep a build from writing. */
export function differenceSentence(found: readonly Difference[], isCheck: boolean): string {
  const drifted = found.filter(({ change }) => change.drift !== undefined).length;
  const cure = 'bring the changes into the team, or overwrite them with --force.';
  if (!isCheck) return `Nothing was written, because of ${count(drifted, 'file')}: ${cure}`;
  const differ = `${count(found.length, 'file')} ${found.length === 1 ? 'is' : 'are'} not what the team says`;
  if (drifted === 0) return `${differ}; "teamc build" makes up for it.`;
  return `${differ}, and ${drifted} of them not as teamc left ${drifted === 1 ? 'it' : 'them'}: ${cure}`;
}

function block({ change, diff }: Difference, everything: boolean, paint: ChalkInstance): string {
  const { path, drift, action } = change;
  const gone = drift !== undefined && action === 'remove' ? ', and would be removed' : '';
  const what = drift ?? (action === 'create' ? 'is missing' : action === 'remove' ? 'is no longer wanted' : 'differs');
  const lines = diff.replace(/\n$/, '').split('\n');
  const shown = everything ? lines : lines.slice(0, SHOWN);
  const more = lines.length - shown.length;
  return [
    `${(drift ? paint.red : paint.yellow)(visible(path))} ${what}${gone}`,
    ...(diff === '' ? [] : shown.map((line) => painted(line, paint))),
    ...(more > 0 ? [`${paint.dim(`… ${more} more lines; --verbose shows them`)}`] : []),
    '',
  ].join('\n');
}

/** A line of a unified diff in its colour. */
export function painted(line: string, paint: ChalkInstance): string {
  const text = line.split('\t').map(visible).join('\t');
  if (line.startsWith('+')) return paint.green(text);
  if (line.startsWith('-')) return paint.red(text);
  return line.startsWith('@@') ? paint.cyan(text) : text;
}

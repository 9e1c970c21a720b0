import { Chalk } from 'chalk';
import { painted } from './plan-diff.ts';
import type { Style } from './result.ts';

/** How many lines of one file's difference are shown, unless everything is asked for. */
const SHOWN = 60;

/** A file that becomes another text, and perhaps goes elsewhere. */
interface Rewritten {
  readonly path: string;
  readonly to?: string;
  readonly before: string | undefined;
  readonly after: string;
}

/** What becomes of files, as unified diffs; one that only moves is a line. */
export async function prettyRewritten(
  files: readonly Rewritten[],
  everything: boolean,
  { color }: Style,
): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  const paint = new Chalk({ level: color });
  return files
    .map(({ path, to = path, before, after }) => {
      const head = to === path ? '' : `${paint.yellow(`${path} → ${to}`)}\n`;
      if (before === after) return head;
      const patch = createTwoFilesPatch(
        before === undefined ? '/dev/null' : `a/${path}`,
        `b/${to}`,
        before ?? '',
        after,
      );
      const lines = patch.replace(/^=+\n/, '').replace(/\n$/, '').split('\n');
      const shown = everything ? lines : lines.slice(0, SHOWN);
      const more = lines.length - shown.length;
      const rest = more > 0 ? [paint.dim(`… ${more} more lines; --verbose shows them`)] : [];
      return `${head}${[...shown.map((line) => painted(line, paint)), ...rest].join('\n')}\n`;
    })
    .join('');
}

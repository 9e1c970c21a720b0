import { locked } from './lock.ts';
import type { Output } from './output.ts';
import { foldersOf } from './output-path.ts';
import { newFolders, type Step } from './plan-build.ts';
import { carryOut, recover } from './transaction.ts';
import { Trouble } from './trouble.ts';

/** A file that comes, goes or gets another text; a text that is not there is no file. */
export interface TextChange {
  /** From the folder that is worked in, with forward slashes. */
  readonly path: string;
  /** The text as it was read, without its byte order mark. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * Changes files that people write, all of them or none: whatever fails on the way is undone, and what an interruption
 * leaves behind the next command that writes there completes. Nothing is written over a file that came or changed since it
 * was read. Folders that are empty then go. Fails with a `Trouble`.
 */
export async function changeFiles(output: Output, changes: readonly TextChange[]): Promise<void> {
  await locked(output, async () => {
    recover(output);
    output.forget();
    const steps = changes.map((change) => stepFor(output, change));
    const left = new Set(changes.filter(({ after }) => after === undefined).flatMap(({ path }) => foldersOf(path)));
    const needed = new Set(changes.filter(({ after }) => after !== undefined).flatMap(({ path }) => foldersOf(path)));
    const drop = [...left].filter((folder) => !needed.has(folder)).toSorted((a, b) => b.length - a.length);
    await carryOut(output, { steps, make: newFolders(steps, output), drop });
  });
}

const MARK = '\uFEFF';

function stepFor(output: Output, { path, before, after }: TextChange): Step {
  const standing = output.look(path);
  if (before === undefined && standing)
    throw new Trouble(`Nothing was written: "${output.show(path)}" is there already.`);
  const text = standing?.bytes.toString('utf8');
  const mark = text?.startsWith(MARK) ? MARK : '';
  if (before !== undefined && text !== mark + before)
    throw new Trouble(`Nothing was written: "${output.show(path)}" was changed meanwhile; try again.`);
  return { path, content: after === undefined ? undefined : mark + after, before: standing?.sha256 };
}

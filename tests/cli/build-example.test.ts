import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, teamc, tree } from '../workspace/run.ts';

test("the example of a target of one's own prints and writes what its page shows", async () => {
  const root = folder();
  cpSync('examples/own-target', root, { recursive: true });
  const before = tree(root);
  const page = readFileSync(join(root, 'README.md'), 'utf8');
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, kind, text = '']) => ({ kind, text }));
  const [first, note, second] = blocks;
  expect(await session(root, first!.text)).toBe(first!.text);
  expect(tree(root)['notes/reporter.md']).toBe(note!.text);
  expect(await session(root, second!.text)).toBe(second!.text);
  expect(tree(root)).toEqual(before);
});

/** The commands of a block with what they print. */
async function session(root: string, block: string): Promise<string> {
  let shown = '';
  for (const [line, command = ''] of block.matchAll(/^\$ teamc (.+)$/gm)) {
    const ran = await teamc(root, ...command.split(' '));
    shown += `${line}\n${ran.err}${ran.out}`;
  }
  return shown;
}

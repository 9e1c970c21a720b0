import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { teamc } from './project.ts';

const FOLDER = fileURLToPath(new URL('../../examples/broken/', import.meta.url));
const ROW =
  /^\| .+ \| \[(?<place>[^\]]+)\]\((?<file>[^#)]+)#L(?<line>\d+)\) \| \[(?<rule>[^\]]+)\]\((?<page>[^)]+)\) \|$/gm;
const update = process.env['UPDATE'] !== undefined;

test('lint says of the broken teams what the file says that it says', async () => {
  const { code, stdout, stderr } = await teamc(FOLDER, ['lint']);
  if (update) writeFileSync(`${FOLDER}expected.txt`, stdout);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toBe(readFileSync(`${FOLDER}expected.txt`, 'utf8'));
});

test('each finding is a fault that was planted, and each fault is found', async () => {
  const { stdout } = await teamc(FOLDER, ['lint', '--format', 'json']);
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: readonly { rule: string; file: string; line: number; column: number }[];
  };
  const page = readFileSync(`${FOLDER}README.md`, 'utf8');
  expect([...page.matchAll(ROW)].map(({ groups }) => ({ ...groups }))).toEqual(
    diagnostics.map(({ rule, file, line, column }) => ({
      place: `${file}:${line}:${column}`,
      file,
      line: String(line),
      rule,
      page: `../../docs/rules/${rule}.md`,
    })),
  );
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { teamc } from '../cli/project.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'teamc-strange-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), text);
  }
  return join(folder, name);
}

const agent = (name: string, body = 'Work.') =>
  `---\nname: ${name}\ndescription: Works.\ntools: Read\n---\n\n${body}\n`;

describe('settings that only lax readers take', () => {
  // `claude doctor` 2.1.328 calls the first two "Invalid or malformed JSON", and the others nothing.
  test.each([
    ['a comma too many', '{\n"permissions": {"deny": ["Bash(rm *)"]},\n}', 3],
    ['a comment', '{"x": "//",\n// no\n"permissions": {"deny": ["Bash(rm *)"]}}', 2],
    ['a byte order mark', '\uFEFF{"permissions": {"deny": ["Bash(rm *)"]}}', undefined],
    ['nothing', '', undefined],
  ])('that hold %s are told as Claude Code takes them', async (name, settings, line) => {
    const project = write(name, { '.claude/settings.json': settings, '.claude/agents/a.md': agent('a') });
    const { stdout } = await teamc(project, ['lint', '--format', 'json']);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { rule: string; line: number; file: string }[] };
    const refused = diagnostics.filter(({ file }) => file === '.claude/settings.json');
    expect(refused.map(({ rule, line: at }) => [rule, at])).toEqual(
      line === undefined ? [] : [['platform-refuses-file', line]],
    );
  });
});

test('import counts an agent of two platforms as one role, and tells a name of several agents from a name of none', async () => {
  const lead = agent('lead', '## Delegates to\n\n- `twin`: this\n- `ghost`: that');
  const project = write('twins', {
    '.claude/agents/lead.md': lead,
    '.claude/agents/a.md': agent('twin', 'One.'),
    '.claude/agents/b.md': agent('twin', 'Two.'),
    '.opencode/agents/lead.md': '---\ndescription: Works.\n---\n\nWork.\n',
  });
  const { stdout } = await teamc(project, ['import', '.', '--out', join(folder, 'twins-team')]);
  expect(stdout.split('\n').filter((line) => /roles? in|leads? to/.test(line))).toEqual([
    expect.stringMatching(/^3 roles in /),
    '  1 relation leads to no agent, such as "ghost" in .claude/agents/lead.md:10',
    '  1 relation leads to several agents of one name, such as "twin", which could be twin and twin-2, in .claude/agents/lead.md:9',
  ]);
  // Which of the two Claude Code loads is not known, so that the work goes to one of them.
  expect(readFileSync(join(folder, 'twins-team/roles/lead.md'), 'utf8')).toContain('role: [twin, twin-2]\n');
});

test('a name that two folders of agents both have means the agent of the own folder', async () => {
  const opencode = (body: string) => `---\ndescription: Works.\nmode: subagent\n---\n\n${body}\n`;
  const lead = opencode('## Delegates to\n\n- `twin`: this');
  const project = write('folders', {
    'a/agents/twin.md': opencode('One.'),
    'b/agents/lead.md': lead,
    'b/agents/twin.md': opencode('Two.'),
  });
  const out = join(folder, 'folders-team');
  const { stdout } = await teamc(project, ['import', '.', '--out', out]);
  expect(stdout).not.toContain('several agents');
  expect(readFileSync(join(out, 'roles/lead.md'), 'utf8')).toContain('role: twin-2\n');
  expect(readFileSync(join(out, 'roles/twin-2.md'), 'utf8')).toContain('Two.');
});

test('an agent that two platforms have with two texts is told, and the second text is kept beside the first', async () => {
  const project = write('two-texts', {
    '.claude/agents/a.md': agent('a', 'One.'),
    '.opencode/agents/a.md': '---\ndescription: Works.\nmode: subagent\n---\n\nTwo.\n',
  });
  const out = join(folder, 'two-texts-team');
  const { stdout } = await teamc(project, ['import', '.', '--out', out]);
  expect(stdout).toContain(
    '  what 1 agent says otherwise than on another platform is kept under x-opencode, and not built\n',
  );
  expect(stdout).toContain(
    '.opencode/agents/a.md:2 warning: opencode and Claude Code both have an agent "a", and the instructions are not the same.',
  );
  expect(readFileSync(join(out, 'roles/a.md'), 'utf8')).toMatch(/x-opencode:\n[\s\S]*instructions: Two\.\n/);
});

test('a file with the line ends of Windows becomes a role with those of teamc', async () => {
  const project = write('windows', { '.claude/agents/a.md': agent('a', 'One.\nTwo.').replaceAll('\n', '\r\n') });
  const out = join(folder, 'windows-team');
  await teamc(project, ['import', '.', '--out', out]);
  expect(readFileSync(join(out, 'roles/a.md'), 'utf8')).toMatch(/\n\nOne\.\nTwo\.\n$/);
});

test.each([
  [['--from', 'roo'], 'There are no agents of Roo Code in "."; without --from all platforms are read.'],
  [
    [],
    'None of the 1 file in "." holds an agent. Claude Code takes a file without front matter for a document, and loads no agent from it.',
  ],
])('where there is nothing to import, it says why: %j', async (argv, sentence) => {
  const project = write('notes', { '.claude/agents/notes.md': 'Ask Ann.\n' });
  const { code, stderr } = await teamc(project, ['import', '.', ...argv]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: `teamc: ${sentence}\n` });
});

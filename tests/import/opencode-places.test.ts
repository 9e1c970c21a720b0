import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Account } from '../../src/import/account.ts';
import { project, teamc } from '../cli/project.ts';

// What `opencode debug config` 1.18.34 makes of this project stands beside each expectation.
const FILES = {
  'opencode.json': JSON.stringify({
    agent: {
      x: {
        description: 'from json',
        model: 'a/json',
        prompt: 'json prompt',
        temperature: 0.1,
        permission: { bash: { 'git *': 'allow' }, edit: 'deny' },
      },
      empty: { description: 'json', prompt: 'json prompt' },
      jc: { description: 'json', steps: 4, prompt: 'p' },
      build: { temperature: 0.3 },
      plan: { temperature: 0.3 },
    },
    mode: { x: { top_p: 0.5 } },
  }),
  'opencode.jsonc': '{"agent": {"jc": {"description": "jsonc", "temperature": 0.2}}}',
  '.opencode/opencode.json': '{"agent": {"x": {"variant": "fast", "model": "a/dot"}}}',
  '.opencode/agent/x.md':
    '---\ndescription: from md\npermission:\n  bash:\n    "*": deny\n    "ls *": allow\n  webfetch: deny\n---\n\nmd prompt\n',
  '.opencode/agent/other.md': '---\nname: both\ndescription: agent\n---\n\nagent body\n',
  '.opencode/agents/both.md': '---\ndescription: agents\n---\n',
  '.opencode/mode/both.md': '---\nmodel: q/mode\n---\n\nmode body\n',
  '.opencode/agents/empty.md': '---\ntemperature: 0.5\n---\n',
  '.opencode/agents/build.md': '---\ndescription: md of build\n---\n\nBuild.\n',
};

async function imported(files: Readonly<Record<string, string>>) {
  const folder = project(files);
  const { code, stdout } = await teamc(folder, ['import', '.', '--format', 'json']);
  const role = (id: string): Readonly<Record<string, unknown>> => {
    const [, header = '', body = ''] = /^---\n([\s\S]*?)---\n([\s\S]*)$/.exec(
      readFileSync(join(folder, `team/roles/${id}.md`), 'utf8'),
    )!;
    return { ...(parse(header) as Record<string, unknown>), body: body.trim() };
  };
  return { code, folder, account: JSON.parse(stdout) as Account, role };
}

describe('what several places of opencode say of an agent', () => {
  test('is one role, as opencode puts it together', async () => {
    const { code, folder, account, role } = await imported(FILES);
    expect({ code, roles: readdirSync(join(folder, 'team/roles')).sort() }).toEqual({
      code: 0,
      roles: ['both.md', 'build.md', 'empty.md', 'jc.md', 'x.md'],
    });
    expect(role('x')).toMatchObject({
      description: 'from md',
      model: 'a/dot',
      temperature: 0.1,
      // The map "mode" comes last, and makes its agents primary.
      mode: 'primary',
      permissions: ['opencode-defaults', { shell: [{ allow: 'git *' }, { deny: '*' }, { allow: 'ls *' }] }],
      targets: { opencode: { variant: 'fast', top_p: 0.5 } },
      body: 'md prompt',
    });
    expect(role('x')['tools']).not.toContain('edit');
    expect(role('both')).toMatchObject({ description: 'agents', model: 'q/mode', mode: 'primary', body: 'mode body' });
    expect(role('jc')).toMatchObject({ description: 'jsonc', temperature: 0.2, 'max-turns': 4, body: 'p' });
    expect(role('empty')).toMatchObject({ description: 'json', temperature: 0.5, body: '' });
    expect(role('build')).toMatchObject({ description: 'md of build', temperature: 0.3, body: 'Build.' });
    expect(account.files.filter(({ answer }) => answer === 'none')).toEqual([]);
  });

  test('is told where one place takes back what another says', async () => {
    const { stdout } = await teamc(project(FILES), ['lint', '--format', 'json']);
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { rule: string; file: string; message: string }[];
    };
    const told = diagnostics.filter(({ rule }) => rule === 'platform-drops-field');
    expect(told.map(({ file, message }) => `${file}: ${message}`).sort()).toEqual(
      [
        '.opencode/agent/other.md: opencode makes one both of all places that define it, and takes `description` and the prompt from .opencode/agents/both.md instead.',
        '.opencode/agent/other.md: opencode makes one both of all places that define it, and takes the prompt from .opencode/mode/both.md instead.',
        'opencode.json: opencode makes one empty of all places that define it, and takes the prompt from .opencode/agents/empty.md instead.',
        'opencode.json: opencode makes one jc of all places that define it, and takes `description` from opencode.jsonc instead.',
        'opencode.json: opencode makes one x of all places that define it, and takes `description` and the prompt from .opencode/agent/x.md instead.',
        'opencode.json: opencode makes one x of all places that define it, and takes `model` from .opencode/opencode.json instead.',
      ].sort(),
    );
  });

  test('keeps the order in which switches and rules of two places are read', async () => {
    const { role } = await imported({
      'opencode.json':
        '{"agent": {"x": {"description": "X", "permission": {"bash": "allow"}, "tools": {"write": true}}}}',
      '.opencode/agents/x.md': '---\ndescription: X\ntools:\n  bash: false\n  patch: false\n---\n\nWork.\n',
    });
    expect(role('x')['tools']).toEqual(['read', 'search', 'fetch', 'web-search', 'todo', 'skill', 'mcp']);
  });

  test('is two roles where only the disk knows which of two files comes last', async () => {
    const agent = (text: string) => `---\nname: x\ndescription: Works.\n---\n\n${text}\n`;
    const { role, account } = await imported({
      'opencode.json': '{"agent": {"x": {"temperature": 0.2}}}',
      '.opencode/agents/one.md': agent('One.'),
      '.opencode/agents/sub/two.md': agent('Two.'),
    });
    expect([role('x'), role('x-2')]).toMatchObject([{ temperature: 0.2, body: 'One.' }, { body: 'Two.' }]);
    expect(account.findings.map(({ message, file, line }) => `${file}:${line} ${message}`)).toEqual([
      '.opencode/agents/sub/two.md:2 opencode makes one agent of the two files that call it "x", and takes the prompt of the one that the disk lists last.',
    ]);
  });

  test('of two folders that are no one project is two roles', async () => {
    const agent = (text: string) => `---\ndescription: Works.\nmode: subagent\n---\n\n${text}\n`;
    const { folder } = await imported({ 'a/agents/x.md': agent('One.'), 'b/agents/x.md': agent('Two.') });
    expect(readdirSync(join(folder, 'team/roles')).sort()).toEqual(['x-2.md', 'x.md']);
    expect((await teamc(folder, ['build', 'team', '--out', 'built'])).code).toBe(0);
    expect(readdirSync(join(folder, 'built/.opencode/agents')).sort()).toEqual(['x-2.md', 'x.md']);
  });
});

test('an agent that is switched off stays switched off', async () => {
  const { folder } = await imported({
    'opencode.json': '{"agent": {"x": {"disable": true}}}',
    '.opencode/agents/x.md': '---\ndescription: X\n---\n\nWork.\n',
  });
  await teamc(folder, ['build', 'team', '--out', 'built', '--target', 'opencode']);
  expect(readFileSync(join(folder, 'built/.opencode/agents/x.md'), 'utf8')).toContain('\ndisable: true\n');
});

test('a prompt in front matter is kept and told, as opencode ignores it', async () => {
  const { role, account } = await imported({
    '.opencode/agents/x.md': '---\ndescription: X\nprompt: Never read.\n---\n\nWork.\n',
  });
  expect(role('x')).toMatchObject({ 'x-prompt': 'Never read.', body: 'Work.' });
  expect(account.findings.map(({ rule, line }) => [rule, line])).toContainEqual(['platform-drops-field', 3]);
});

describe('a prompt that settings take from a file', () => {
  const settings = (prompt: string) => JSON.stringify({ agent: { x: { description: 'X', prompt } } });

  test.each([
    ['{file:./prompts/x.md}', 'opencode.json', 'line "one"\nline two'],
    ['{file:../prompts/x.md}', '.opencode/opencode.json', 'line "one"\nline two'],
    ['Before {file:prompts/x.md} after.', 'opencode.jsonc', 'Before line "one"\nline two after.'],
  ])('%s in %s is that text', async (prompt, file, body) => {
    const { code, role, account } = await imported({
      [file]: settings(prompt),
      'prompts/x.md': '\n  line "one"\nline two\n\n',
    });
    expect({ code, body: role('x')['body'], findings: account.findings }).toEqual({ code: 0, body, findings: [] });
    expect(account.files.map(({ answer }) => answer)).not.toContain('lost');
  });

  test.each(['{file:gone.md}', '{file:/etc/hostname}', '{file:~/x.md}', '{file:../../x.md}', '{file: prompts/x.md}'])(
    '%s is no file of the project, which is told, and stays as it is written',
    async (prompt) => {
      const { role, account } = await imported({ 'opencode.json': settings(prompt), 'prompts/x.md': 'Text.\n' });
      expect(role('x')['body']).toBe(prompt);
      expect(account.findings.map(({ rule, message }) => [rule, message])).toEqual([
        [
          'platform-refuses-file',
          `"${prompt}" names no file of this project; where there is none at all, opencode does not start.`,
        ],
      ]);
    },
  );
});

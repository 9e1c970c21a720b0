import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Account } from '../../src/import/account.ts';
import { project, teamc } from '../cli/project.ts';

const SOUND = {
  'claude-code': { '.claude/agents/sound.md': '---\nname: sound\ndescription: Works.\ntools: Read\n---\n\nWork.\n' },
  opencode: { '.opencode/agents/sound.md': '---\ndescription: Works.\nmode: subagent\n---\n\nWork.\n' },
  'roo-commander': {
    '.ruru/modes/sound.mode.md': '+++\nid = "sound"\nname = "Sound"\nsummary = "Works."\n+++\n\nWork.\n',
  },
};

/** Where a platform looks for an agent called x. */
const PLACE = {
  'claude-code': '.claude/agents/x.md',
  opencode: '.opencode/agents/x.md',
  'roo-commander': '.ruru/modes/x.mode.md',
};

/** Files that hold less than an agent needs. */
const LESS = {
  nothing: '',
  'a line of text': 'Bake bread. Sell it.\n',
  'front matter without keys': '---\n---\n\nBake bread. Sell it.\n',
  'no description': '---\nname: x\n---\n\n# Bake\n\nBake bread. Sell it.\n',
  'an empty description': '---\nname: x\ndescription: ""\n---\n\nBake bread. Sell it.\n',
  'no text': '---\nname: x\n---\n',
};

type Platform = keyof typeof PLACE;

async function imported(platform: Platform, text: string) {
  const folder = project({ ...SOUND[platform], [PLACE[platform]]: text });
  const { code, stdout } = await teamc(folder, ['import', '.', '--format', 'json']);
  const account = JSON.parse(stdout) as Account;
  const linted = await teamc(folder, ['lint', 'team', '--format', 'json']);
  const { diagnostics } = JSON.parse(linted.stdout) as { diagnostics: { rule: string; severity: string }[] };
  const built = await teamc(folder, ['build', 'team', '--out', 'built', '--quiet']);
  return {
    code,
    answer: account.files.find(({ file }) => file === PLACE[platform])?.answer,
    described: account.roles.find(({ id }) => id === 'x')?.described,
    errors: diagnostics.filter(({ severity }) => severity === 'error').map(({ rule }) => rule),
    built: built.code,
  };
}

const role = (described: string) => ({ code: 0, answer: 'role', described, errors: [], built: 0 });
const none = { code: 0, answer: 'none', described: undefined, errors: [], built: 0 };

describe('an agent file with less in it than an agent needs becomes what it is to its platform, and the team is built', () => {
  // Claude Code 2.1.328 loads no agent from a file without front matter; opencode 1.18.34 makes one of every file.
  test.each([
    ['claude-code', 'nothing', none],
    ['claude-code', 'a line of text', none],
    ['claude-code', 'front matter without keys', none],
    ['claude-code', 'no description', role('first sentence of the text')],
    ['claude-code', 'an empty description', role('first sentence of the text')],
    ['claude-code', 'no text', role('name')],
    ['opencode', 'nothing', role('no `description`, of which opencode says this')],
    ['opencode', 'a line of text', role('no `description`, of which opencode says this')],
    ['opencode', 'front matter without keys', role('no `description`, of which opencode says this')],
    ['opencode', 'no description', role('no `description`, of which opencode says this')],
    ['opencode', 'no text', role('no `description`, of which opencode says this')],
    ['roo-commander', 'nothing', role('name')],
    ['roo-commander', 'a line of text', role('first sentence of the text')],
    ['roo-commander', 'no description', role('first sentence of the text')],
  ] as const)('%s: %s', async (platform, less, expected) => {
    expect(await imported(platform, LESS[less])).toEqual(expected);
  });
});

test('what became no role is told once, with where its text is', async () => {
  const folder = project({ ...SOUND['claude-code'], '.claude/agents/notes.md': 'Ask Ann.\n' });
  const { stdout } = await teamc(folder, ['import', '.']);
  expect(stdout.slice(stdout.indexOf('1 file became'))).toBe(
    '1 file became no role, and its text stays where it is:\n  .claude/agents/notes.md: Claude Code takes a file without front matter for a document, and loads no agent from it.\n',
  );
});

test('a description that stands in for none says so beside it', async () => {
  const folder = project({ ...SOUND['claude-code'], '.claude/agents/x.md': LESS['no description'] });
  const { stdout } = await teamc(folder, ['import', '.']);
  expect(stdout).toContain(
    '  1 role had no description and got one to begin with, such as x in .claude/agents/x.md:2\n',
  );
});

describe('a link to a folder around it', () => {
  test.each(['..', '.', '../..'])('%s is told once, and not followed', async (target) => {
    const folder = project({ ...SOUND['claude-code'], '.claude/notes.md': 'No agent.\n' });
    symlinkSync(target, join(folder, '.claude/agents/loop'));
    const sentence =
      ".claude/agents/loop can't be read: it is a link to a folder that it lies in itself, and is not followed.";
    const { stdout } = await teamc(folder, ['lint', '--format', 'json']);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { message: string; severity: string }[] };
    expect(diagnostics.filter(({ message }) => message.includes('loop'))).toEqual([
      expect.objectContaining({ message: sentence, severity: 'warning' }),
    ]);
    const imported = await teamc(folder, ['import', '.']);
    expect({ code: imported.code, told: imported.stdout.split(sentence).length - 1 }).toEqual({ code: 0, told: 1 });
    expect(imported.stdout).not.toContain('notes.md');
  });

  test('is told as well among the roles of a team', async () => {
    const folder = project({
      'team.yaml': 'teamc: 1\nname: t\n',
      'roles/a.md': '---\ndescription: Works.\ntools: [read]\n---\n\nWork.\n',
    });
    symlinkSync('..', join(folder, 'roles/loop'));
    const { code, stdout } = await teamc(folder, ['lint', '--format', 'github']);
    expect({ code, told: stdout.split('roles/loop can').length - 1 }).toEqual({ code: 0, told: 1 });
  });
});

test('a link to nothing among agents makes the import tell that something is lost', async () => {
  const folder = project(SOUND['claude-code']);
  symlinkSync('nowhere', join(folder, '.claude/agents/more'));
  const { code, stdout } = await teamc(folder, ['import', '.']);
  expect(code).toBe(1);
  expect(stdout).toContain(".claude/agents/more can't be read: it is a link that leads nowhere.");
});

test('entries among modes that are no modes are told, and rules of a mode that is not there', async () => {
  const folder = project({
    '.roomodes':
      'customModes:\n  - slug: a\n    name: A\n    roleDefinition: Bakes.\n    groups: [read]\n  - bread\n  - name: B\n    roleDefinition: Sells.\n    groups: [read]\n',
    '.roo/rules-baker/rules.md': 'Bake early.\n',
  });
  const { code, stdout } = await teamc(folder, ['import', '.']);
  expect({ code, told: stdout.slice(stdout.indexOf('2 findings')) }).toEqual({
    code: 0,
    told: [
      "2 findings in the platform's files:",
      '  .roomodes:6 error: Roo reads no mode of this file: an entry of `customModes` is no mode.',
      '  .roomodes:7 error: Roo reads no mode of this file: B has no `slug`.',
      '',
      '1 file became no role, and its text stays where it is:',
      '  .roo/rules-baker/rules.md: No mode of this project has these rules.',
      '',
    ].join('\n'),
  });
});

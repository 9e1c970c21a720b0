import { expect, test } from 'vitest';
import type { MarkupContent } from 'vscode-languageserver/node';
import { project, shipped } from '../cli/project.ts';
import { Editor } from './client.ts';

const TEAM = `teamc: 1
name: shop
description: A shop that takes orders.
entry: lead
levels: [tactical, execution]
people: { owner: Owns the shop. }
groups:
  counter: [clerk]
permissions:
  careful: [{ shell: [{ deny: "*" }] }]
`;

const LEAD = `---
description: Leads the shop and hands work on.
level: tactical
tools: [read]
delegates-to: [{ role: clerk, for: orders }]
---
Lead the shop.
`;

const CLERK = `---
description: Takes orders.
level: execution
tools: [read]
escalates-to: lead
---
Take orders.
`;

const FILES = { 'team.yaml': TEAM, 'roles/lead.md': LEAD, 'roles/clerk.md': CLERK };

const labels = (items: readonly { readonly label: string }[]): readonly string[] => items.map(({ label }) => label);

test('a finding is shown while one types, with its rule, and goes when the mistake does', async () => {
  const editor = await Editor.start(project(FILES));
  await editor.type('roles/lead.md', LEAD.replace('role: clerk', 'role: clerkk'));
  const [first] = await editor.findings('roles/lead.md', (found) => found.length > 0);
  expect(first).toMatchObject({
    code: 'unknown-role',
    source: 'teamc',
    severity: 1,
    range: { start: { line: 4, character: 23 }, end: { line: 4, character: 29 } },
  });
  await editor.type('roles/lead.md', LEAD);
  expect(await editor.findings('roles/lead.md', (found) => found.length === 0)).toEqual([]);
  expect(await editor.quit()).toBe(0);
});

test('a mistake is shown in the file where it stands, also when another file is open', async () => {
  const editor = await Editor.start(project({ ...FILES, 'roles/clerk.md': CLERK.replace('lead', 'leed') }));
  await editor.type('team.yaml', TEAM);
  const found = await editor.findings('roles/clerk.md', (shown) => shown.length > 0);
  expect(found.map(({ code }) => code)).toContain('unknown-role');
  await editor.write('roles/clerk.md', CLERK);
  expect(await editor.findings('roles/clerk.md', (shown) => shown.length === 0)).toEqual([]);
});

test('a mistake in a scenario is shown in it, and goes with it', async () => {
  const scenario = 'teamc: 1\nrequest: Take an order\nfaluts: []\n';
  const editor = await Editor.start(
    project({ ...FILES, 'scenarios/order.yaml': 'teamc: 1\nrequest: Take an order\n' }),
  );
  await editor.type('scenarios/order.yaml', scenario);
  const [found] = await editor.findings('scenarios/order.yaml', (shown) => shown.length > 0);
  expect(found).toMatchObject({ code: 'schema', severity: 1, range: { start: { line: 2 } } });
  await editor.type('scenarios/order.yaml', scenario.replace('faluts: []', ''));
  expect(await editor.findings('scenarios/order.yaml', (shown) => shown.length === 0)).toEqual([]);
});

test('what is shown goes when the last file of its team is closed, or when a closed file is sound on the disk', async () => {
  const folder = project({ ...FILES, 'roles/clerk.md': CLERK.replace('lead', 'leed') });
  const editor = await Editor.start(folder);
  await editor.type('team.yaml', TEAM);
  await editor.type('roles/lead.md', LEAD.replace('role: clerk', 'role: clerkk'));
  await editor.findings('roles/lead.md', (found) => found.length > 0);
  await editor.close('roles/lead.md');
  expect(await editor.findings('roles/lead.md', (found) => found.length === 0)).toEqual([]);
  expect(await editor.findings('roles/clerk.md', (found) => found.length > 0)).not.toEqual([]);
  await editor.close('team.yaml');
  expect(await editor.findings('roles/clerk.md', (found) => found.length === 0)).toEqual([]);
});

test('a fix is offered where a finding is, as an edit of the text', async () => {
  const editor = await Editor.start(project(FILES));
  await editor.type('roles/lead.md', LEAD.replace('role: clerk', 'role: clerkk'));
  const [first] = await editor.findings('roles/lead.md', (found) => found.length > 0);
  const [fix, ...others] = await editor.fixes('roles/lead.md', first!);
  expect(others).toEqual([]);
  expect(fix).toMatchObject({
    title: 'Write "clerk"',
    kind: 'quickfix',
    edit: { changes: { [editor.uri('roles/lead.md')]: [{ range: first!.range, newText: 'clerk' }] } },
  });
});

test('names are completed where they may stand: roles, levels, tools, blocks, people and groups', async () => {
  const editor = await Editor.start(project(FILES));
  const at = async (line: string): Promise<readonly string[]> => {
    const position = await editor.type('roles/lead.md', `---\ndescription: Leads.\n${line}\n---\nLead.\n`);
    return labels(await editor.completions('roles/lead.md', position));
  };
  expect(await at('delegates-to: [{ role: cl|>')).toEqual(['clerk', 'self', 'peers', 'delegator']);
  expect(await at('level: |>')).toEqual(['tactical', 'execution']);
  expect((await at('tools: [re|>')).slice(0, 3)).toEqual(['read', 'search', 'edit']);
  expect(await at('permissions: [|>')).toContain('careful');
  expect(await at('delegates-to: [{ group: |>')).toEqual(['counter']);
  expect(await at('delegates-to: [{ role: clerk, approval: |>')).toEqual(['user', 'owner']);
  expect(await at('proactive: |>')).toEqual(['true', 'false']);
});

test('keys are completed with what they are for, in a role and in the team file', async () => {
  const editor = await Editor.start(project(FILES));
  const role = await editor.type('roles/lead.md', '---\nesc|>\n---\n');
  const keys = await editor.completions('roles/lead.md', role);
  const escalates = keys.find(({ label }) => label === 'escalates-to');
  expect(escalates?.textEdit).toEqual({
    range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } },
    newText: 'escalates-to: ',
  });
  expect(escalates?.documentation).toMatchObject({ value: expect.stringMatching(/^\*\*Escalates to\*\*/) });
  expect(labels(keys)).not.toContain('teamc');
  const team = await editor.type('team.yaml', 'teamc: 1\nassertions:\n  - |>');
  expect(labels(await editor.completions('team.yaml', team))).toContain('never');
});

test('a name leads to its role, and to every other place that names it', async () => {
  const editor = await Editor.start(project(FILES));
  const position = await editor.type('roles/lead.md', LEAD.replace('role: clerk', 'role: cl|>erk'));
  expect(await editor.definition('roles/lead.md', position)).toEqual({
    uri: editor.uri('roles/clerk.md'),
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } },
  });
  expect(await editor.references('roles/lead.md', position)).toEqual([
    {
      uri: editor.uri('team.yaml'),
      range: { start: { line: 7, character: 12 }, end: { line: 7, character: 17 } },
    },
    {
      uri: editor.uri('roles/lead.md'),
      range: { start: { line: 4, character: 23 }, end: { line: 4, character: 28 } },
    },
  ]);
});

test('the cursor on a name is told all that holds for the role, on a key what the key is for', async () => {
  const editor = await Editor.start(project(FILES));
  const name = await editor.type('roles/lead.md', LEAD.replace('role: clerk', 'role: cl|>erk'));
  const card = (await editor.hover('roles/lead.md', name))?.contents as MarkupContent;
  expect(card.value).toMatch(/^Takes orders\.\n\n```text\nclerk\n/);
  expect(card.value).toContain('roles/lead.md:5');
  const key = await editor.type('roles/lead.md', LEAD.replace('delegates-to', 'dele|>gates-to'));
  expect((await editor.hover('roles/lead.md', key))?.contents).toMatchObject({
    value: expect.stringContaining('Who may be given work'),
  });
  const body = await editor.type('roles/lead.md', LEAD.replace('Lead the', 'Lead t|>he'));
  expect(await editor.hover('roles/lead.md', body)).toBe(null);
});

test('a role is renamed wherever it is named, in unsaved text too, and its file gets the new name', async () => {
  const editor = await Editor.start(project(FILES));
  await editor.type(
    'team.yaml',
    TEAM.replace('groups:', '# Not saved yet.\ngroups:').replace('[clerk]', '[clerk, clerk]'),
  );
  const position = await editor.type('roles/lead.md', LEAD.replace('role: clerk', 'role: cl|>erk'));
  expect(await editor.renamable('roles/lead.md', position)).toEqual({
    start: { line: 4, character: 23 },
    end: { line: 4, character: 28 },
  });
  const { documentChanges } = await editor.rename('roles/lead.md', position, 'cashier');
  const edit = (path: string, line: number, from: number, to: number, newText: string) => ({
    textDocument: { uri: editor.uri(path), version: null },
    edits: [{ range: { start: { line, character: from }, end: { line, character: to } }, newText }],
  });
  expect(documentChanges).toEqual([
    edit('team.yaml', 8, 12, 24, 'cashier, cashier'),
    edit('roles/lead.md', 4, 23, 28, 'cashier'),
    { kind: 'rename', oldUri: editor.uri('roles/clerk.md'), newUri: editor.uri('roles/cashier.md') },
  ]);
  await expect(editor.rename('roles/lead.md', position, 'lead')).rejects.toThrow('There is a role "lead" already.');
  const prose = await editor.type('roles/lead.md', LEAD.replace('Lead the', 'Lead t|>he'));
  expect(await editor.renamable('roles/lead.md', prose)).toBe(null);
});

test('a file of no team, broken text and a name without a file are answered with nothing', async () => {
  const editor = await Editor.start(project({ 'README.md': '# Notes\n' }));
  const position = await editor.type('README.md', '# No|>tes\n');
  expect(await editor.completions('README.md', position)).toEqual([]);
  expect(await editor.hover('README.md', position)).toBe(null);
  expect(await editor.definition('README.md', position)).toBe(null);
  const broken = await Editor.start(project(FILES));
  const at = await broken.type('roles/lead.md', '---\nlevel: [|>\n  : - "\n---\n');
  expect(labels(await broken.completions('roles/lead.md', at))).toEqual(['tactical', 'execution']);
  expect(await broken.findings('roles/lead.md', (found) => found.length > 0)).not.toEqual([]);
});

test('without --stdio the command says how it is to be run', () => {
  const { code, stderr } = shipped(project(), ['lsp']);
  expect(code).toBe(2);
  expect(stderr).toBe('teamc: Say "teamc lsp --stdio": the language server speaks over stdin and stdout only.\n');
});

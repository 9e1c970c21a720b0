import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MarkupContent, TextDocumentEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { project } from '../cli/project.ts';
import { Editor } from './client.ts';

const DEPARTMENTS = ['api', 'web', 'data', 'infra', 'qa', 'docs'];
const SKILLS = ['auth', 'billing', 'search', 'orders', 'stock', 'mail', 'files', 'reports', 'admin'];

const TEAM = `teamc: 1
name: webshop
entry: director
levels: [strategic, tactical, "execution: hands"]
people: { owner: Owns the shop }
groups: { testers: [qa/auth-qa, qa/mail-qa] }
models: { strong: { claude-code: opus, opencode: anthropic/claude-opus-4-5 } }
tool-groups: { inspect: [read, search] }
permissions:
  careful: [{ shell: [{ ask: "*" }, { allow: "npm test *" }] }]
defaults: { tools: [inspect], model: strong, permissions: careful }
`;

const leadOf = (department: string): string => `---
description: Leads ${department}.
level: tactical
department: ${department}
delegates-to:
${SKILLS.map((skill) => `  - role: ${department}/${skill}-${department}\n    for: ${skill} of ${department}`).join('\n')}
escalates-to: director
accepts: { type: [bug, feature] }
messages:
  report: { to: director, required: [summary], fields: { risk: [low, high] } }
---
Lead ${department}.
`;

const workerOf = (skill: string, department: string): string => `---
name: ${skill} for ${department} 🦊
description: Does ${skill} for ${department}.
tools: [inspect, edit, shell]
permissions: [{ edit: [{ deny: "*" }, { allow: "src/${department}/**" }] }]
escalates-to: "${department}-lead"   # ${department}-lead decides
collaborates-with: [{ role: ${department}-lead, for: 🦊🦊 }, { for: "🦊🦊", role: ${department}-lead }, 'director']
---
Do ${skill}. Ask ${department}-lead, never @director.
`;

/** A shop of 61 roles. */
const FILES: Readonly<Record<string, string>> = {
  'team.yaml': TEAM,
  'README.md': '---\nlayout: home\n---\n# Shop\n',
  'scenarios/login.yaml': 'teamc: 1\nrequest: Add a login\n',
  'roles/director.md': `---
description: Answers for the shop.
level: strategic
delegates-to:
${DEPARTMENTS.map((department) => `  - { role: ${department}-lead, for: ${department} work }`).join('\n')}
escalates-to: { person: owner, when: scope }
---
Ask \`api-lead\` first.
`,
  ...Object.fromEntries(DEPARTMENTS.map((department) => [`roles/${department}-lead.md`, leadOf(department)])),
  ...Object.fromEntries(
    DEPARTMENTS.flatMap((department) =>
      SKILLS.map((skill) => [`roles/${department}/${skill}-${department}.md`, workerOf(skill, department)]),
    ),
  ),
};

const open = (more: Readonly<Record<string, string>> = {}): Promise<Editor> =>
  Editor.start(project({ ...FILES, ...more }));

const LEAD = 'roles/api-lead.md';

describe('completion in a team of sixty roles', () => {
  /** What is offered at the bar of a role's front matter. */
  const asking =
    (editor: Editor, path = LEAD) =>
    async (text: string) =>
      editor.completions(path, await editor.type(path, text));
  const labels = (items: readonly { readonly label: string }[]): readonly string[] => items.map(({ label }) => label);
  const inserted = (items: readonly { readonly textEdit?: unknown }[]): readonly string[] =>
    items.map(({ textEdit }) => (textEdit as { newText: string }).newText);

  test('offers in a role what may stand there', async () => {
    const editor = await open();
    const at = asking(editor);
    const role = async (lines: string): Promise<readonly string[]> =>
      labels(await at(`---\ndescription: Leads.\n${lines}\n---\nLead.\n`));
    expect(await role('|>')).not.toContain('description');
    expect(await role('delegates-to: [|>')).not.toContain('api-lead');
    expect((await role('delegates-to:\n  - role: web-lead\n    |>')).slice(0, 3)).toEqual(['group', 'person', 'for']);
    expect(await role('delegates-to: [{ role: web-lead, for: x, |>')).not.toContain('for');
    expect((await role('permissions: [|>')).slice(0, 3)).toEqual(['careful', 'read', 'search']);
    expect((await role('permissions:\n  - shell:\n      - |>')).slice(0, 3)).toEqual(['allow', 'ask', 'deny']);
    expect(await role('must-not:\n  - { do: x, calls: { |>')).toContain('shell');
    expect(await role('messages:\n  report:\n    required: [|>')).toEqual(['summary', 'risk', 'include']);
    expect(await role('handoff: { fields: { |>')).toEqual(['summary', 'risk']);
    expect(await role('accepts:\n  |>')).toEqual(['type']);
    expect(await role('accepts:\n  type: |>')).toEqual(['bug', 'feature']);
    expect(await role('department: |>')).toEqual(expect.arrayContaining(['web', 'data']));
    expect(await role('targets:\n  |>')).toEqual(['claude-code', 'opencode', 'roo']);
    expect(await role('targets:\n  claude-code:\n    |>')).toContain('effort');
    expect(await role('reads:\n  - { from: |>')).toContain('director');
    expect(await role('# teamc-ignore no-t|>')).toContain('no-tools');
    expect(await role('# a thought |>')).toEqual([]);
  });

  test('offers in the text of a role its colleagues, and nothing between words', async () => {
    const at = asking(await open());
    const body = async (text: string): Promise<readonly string[]> =>
      labels(await at(`---\ndescription: Leads.\n---\n${text}`));
    expect(await body('Ask @web/|>')).toContain('web/auth-web');
    expect(await body('Ask `web|>')).toContain('web-lead');
    expect(await body('Ask w|>')).toEqual([]);
    expect(await body('<!-- teamc-ignore |>')).toContain('loose-prefix');
  });

  test('offers names first, quotes what YAML would take for something else, and leaves a colon that is there', async () => {
    const editor = await open();
    const at = asking(editor);
    const levels = await at('---\nlevel: |>\n---\n');
    expect(inserted(levels)).toEqual(['strategic', 'tactical', '"execution: hands"']);
    expect(inserted(await at('---\nlevel: "|>\n---\n')).at(-1)).toBe('execution: hands');
    const edges = await at('---\ndelegates-to: [|>\n---\n');
    const sorted = edges.toSorted((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
    expect(labels(sorted).indexOf('role')).toBeGreaterThan(labels(sorted).indexOf('web-lead'));
    expect(inserted(await at('---\nde|>: Leads.\n---\n'))).toContain('description');
  });

  test('offers in the team file, in a scenario and in other files what belongs there', async () => {
    const editor = await open();
    const team = asking(editor, 'team.yaml');
    expect(labels(await team('teamc: 1\n|>'))).not.toContain('teamc');
    expect(labels(await team('teamc: 1\nlint:\n  rules:\n    |>'))).toContain('delegation-cycle');
    expect(labels(await team('teamc: 1\nmodels:\n  strong:\n    |>'))).toEqual([
      'claude-code',
      'opencode',
      'roo',
      'price',
    ]);
    expect(labels(await team('teamc: 1\npermissions:\n  careful:\n    - |>'))).toContain('shell');
    expect(labels(await team('teamc: 1\npermissions:\n  |>'))).not.toContain('shell');
    const scenario = labels(await asking(editor, 'scenarios/login.yaml')('teamc: 1\n|>'));
    expect(scenario).toContain('request');
    expect(scenario).not.toContain('delegates-to');
    expect(await asking(editor, 'README.md')('---\n|>\n---\n')).toEqual([]);
  });
});

describe('a hover in a team of sixty roles', () => {
  const words = async (editor: Editor, path: string, text: string): Promise<string | undefined> =>
    ((await editor.hover(path, await editor.type(path, text)))?.contents as MarkupContent | undefined)?.value;

  test('explains names of every kind, in data and in prose', async () => {
    const editor = await open();
    const worker = 'roles/api/auth-api.md';
    const text = FILES[worker]!;
    expect(await words(editor, LEAD, FILES[LEAD]!.replace('level: tac', 'level: t|>ac'))).toBe(
      '**tactical**, a level: level 2 of 3, the highest first',
    );
    expect(await words(editor, worker, text.replace('[inspect', '[ins|>pect'))).toBe(
      '**inspect**, a tool group: read, search',
    );
    expect(await words(editor, worker, text.replace('edit, shell', 'ed|>it, shell'))).toBe(
      '**edit**, a tool: takes a path',
    );
    expect(await words(editor, 'team.yaml', TEAM.replace('model: strong', 'model: str|>ong'))).toBe(
      '**strong**, a model: claude-code: opus, opencode: anthropic/claude-opus-4-5',
    );
    expect(await words(editor, 'team.yaml', TEAM.replace('permissions: careful', 'permissions: care|>ful'))).toBe(
      '**careful**, a block of permissions: shell',
    );
    expect(await words(editor, worker, text.replace('Ask api-lead', 'Ask api-|>lead'))).toMatch(/^Leads api\./);
    expect(await words(editor, worker, text.replace('Do auth', 'D|>o auth'))).toBe(undefined);
  });

  test('shows how a key is written, and of a role with many colleagues what is read in passing', async () => {
    const editor = await open();
    const edge = await words(editor, LEAD, FILES[LEAD]!.replace('delegates-to', 'delegates|>-to'));
    expect(edge).toContain('```yaml\ndelegates-to: [{ role: api-designer, keywords: [REST, OpenAPI] }]\n```');
    const director = await words(editor, LEAD, FILES[LEAD]!.replace('to: director', 'to: dir|>ector'));
    expect(director).toMatch(/\n {2}and \d+ more: teamc explain director\n/);
    expect(director!.split('\n').length).toBeLessThan(45);
    const scenario = await words(editor, 'scenarios/login.yaml', 'teamc: 1\nrequ|>est: Add a login\n');
    expect(scenario).toContain('What is asked');
  });
});

describe('while a file can’t be read', () => {
  test('its names lead on, and what others have is known', async () => {
    const editor = await open();
    const broken = FILES[LEAD]!.replace('level: tactical', 'level: [tactical').replace(
      'role: api/auth',
      'role: api/a|>uth',
    );
    const position = await editor.type(LEAD, broken);
    expect((await editor.definition(LEAD, position))?.uri).toBe(editor.uri('roles/api/auth-api.md'));
    expect((await editor.hover(LEAD, position))?.contents).toMatchObject({
      value: expect.stringContaining('Does auth'),
    });
    const found = await editor.findings(LEAD, (shown) => shown.length > 0);
    expect(found.map(({ code }) => code)).toEqual(['yaml-syntax']);
  });

  test('no fix is offered for words that have changed since they were looked at', async () => {
    const editor = await open();
    const wrong = FILES[LEAD]!.replace('escalates-to: director', 'escalates-to: directer');
    await editor.type(LEAD, wrong);
    const [first] = await editor.findings(LEAD, (shown) => shown.length > 0);
    await editor.type(LEAD, wrong.replace('---\n', '---\n# One line more.\n'));
    expect(await editor.fixes(LEAD, first!)).toEqual([]);
    const [moved] = await editor.findings(LEAD, ([one]) => one?.range.start.line === first!.range.start.line + 1);
    expect((await editor.fixes(LEAD, moved!)).map(({ title }) => title)).toEqual(['Write "director"']);
  });
});

describe('a name in a team of sixty roles', () => {
  test('leads to every place, with the role itself where that is asked for, and roles are found by their names', async () => {
    const editor = await open();
    const position = await editor.type(LEAD, FILES[LEAD]!.replace('escalates-to: dir', 'escalates-to: dir|>'));
    const alone = await editor.references(LEAD, position);
    const all = await editor.references(LEAD, position, true);
    expect(all.length).toBe(alone.length + 1);
    expect(all[0]).toEqual(await editor.definition(LEAD, position));
    const found = await editor.symbols('billing-web');
    expect(found.map(({ name, location }) => [name, location.uri])).toEqual([
      ['web/billing-web', editor.uri('roles/web/billing-web.md')],
    ]);
  });

  test('is renamed from prose, in quotes, lists, comments and behind an emoji, with CRLF, word by word', async () => {
    const worker = 'roles/api/auth-api.md';
    const text = FILES[worker]!.replace(/^name: .*$/m, 'name: "🦊🦊"').replaceAll('\n', '\r\n');
    const editor = await open();
    const position = await editor.type(worker, text.replace('Ask api-lead', 'Ask api-le|>ad'));
    expect(await editor.renamable(worker, position)).toEqual({
      start: { line: position.line, character: 13 },
      end: { line: position.line, character: 21 },
    });
    const { documentChanges } = await editor.rename(worker, position, 'api-head');
    const own = (documentChanges as TextDocumentEdit[]).find(
      (change) => change.textDocument?.uri === editor.uri(worker),
    )!;
    const after = TextDocument.applyEdits(TextDocument.create('', '', 1, text), own.edits as never);
    expect(after).toBe(text.replaceAll('api-lead', 'api-head'));
    expect(own.edits.length).toBe(3);
    expect(documentChanges!.length).toBe(11);
  });

  test('is not quoted when it is renamed, and is renamed where it is defined', async () => {
    const inline = TEAM.replace(
      'entry: director',
      'entry: director\nroles:\n  porter: { description: Opens doors., escalates-to: "director" }',
    );
    const editor = await open();
    const quoted = await editor.type('team.yaml', inline.replace('"director"', '"dir|>ector"'));
    const line = inline.split('\n').findIndex((one) => one.includes('porter'));
    const column = inline.split('\n')[line]!.indexOf('"director"') + 1;
    expect(await editor.renamable('team.yaml', quoted)).toEqual({
      start: { line, character: column },
      end: { line, character: column + 8 },
    });
    const key = await editor.type('team.yaml', inline.replace('porter:', 'por|>ter:'));
    expect(await editor.renamable('team.yaml', key)).toEqual({
      start: { line, character: 2 },
      end: { line, character: 8 },
    });
    expect((await editor.rename('team.yaml', key, 'doorman')).documentChanges).toHaveLength(1);
  });

  test('of a file that goes leads nowhere from then on', async () => {
    const folder = project(FILES);
    const editor = await Editor.start(folder);
    await editor.type('team.yaml', TEAM);
    rmSync(join(folder, 'roles/qa/mail-qa.md'));
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: editor.uri('roles/qa/mail-qa.md'), type: 3 }],
    });
    const found = await editor.findings('team.yaml', (shown) => shown.length > 0);
    expect(found.map(({ code, message }) => [code, String(message).split('\n')[0]])).toEqual([
      ['unknown-role', 'There is no role "qa/mail-qa".'],
    ]);
  });

  test('belongs to its own team where two lie beside each other', async () => {
    const two = (from: string): Record<string, string> =>
      Object.fromEntries(Object.entries(FILES).map(([path, text]) => [`teams/${from}/${path}`, text]));
    const folder = project({ ...two('east'), ...two('west') });
    const editor = await Editor.start(folder);
    const path = `teams/west/${LEAD}`;
    const position = await editor.type(path, FILES[LEAD]!.replace('escalates-to: dir', 'escalates-to: dir|>'));
    expect((await editor.definition(path, position))?.uri).toBe(editor.uri('teams/west/roles/director.md'));
    await editor.type(`teams/east/${LEAD}`, FILES[LEAD]!.replace('escalates-to: director', 'escalates-to: directer'));
    const found = await editor.findings(`teams/east/${LEAD}`, (shown) => shown.length > 0);
    expect(found.map(({ code }) => code)).toEqual(['unknown-role']);
    expect(readFileSync(join(folder, path), 'utf8')).toBe(FILES[LEAD]);
  });
});

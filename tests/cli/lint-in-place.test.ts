import { describe, expect, test } from 'vitest';
import { project, teamc } from './project.ts';

interface Told {
  readonly rule: string;
  readonly severity: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** What lint says of a project, without what may be edited when a person agrees: `severity rule file:line message`. */
async function told(files: Readonly<Record<string, string>>, argv: readonly string[] = ['.']): Promise<string[]> {
  const { stdout } = await teamc(project(files), ['lint', '--format', 'json', ...argv]);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Told[] };
  return diagnostics
    .filter(({ rule }) => rule !== 'own-instructions-writable')
    .map(({ severity, rule, file, line, message }) => `${severity} ${rule} ${file}:${line} ${message}`);
}

const claude = (name: string, keys: string, body = 'Work.') => ({
  [`.claude/agents/${name}.md`]: `---\nname: ${name}\ndescription: Does the ${name} work.\n${keys}---\n\n${body}\n`,
});

describe('a project that has agents and no team', () => {
  test('a roster of agents that are not there is told at each line', async () => {
    const files = {
      ...claude(
        'lead',
        'tools: Read, Task\n',
        '## Field Roster\n\n- `@baker` - bread\n- `@miller` - flour\n- `@smith` - nails',
      ),
      ...claude('baker', 'tools: Read\n'),
    };
    expect(await told(files)).toEqual([
      'error unknown-role .claude/agents/lead.md:10 There is no role "miller".',
      'error unknown-role .claude/agents/lead.md:11 There is no role "smith".',
    ]);
  });

  test('a name that a sentence only probably relates weighs less', async () => {
    const files = claude('lead', 'tools: Read\n', '## Collaboration\n\n- Coordinate with Field Engineer on fences');
    expect(await told(files)).toEqual([
      'warning unknown-role .claude/agents/lead.md:9 There is no role "Field Engineer".',
    ]);
  });

  test('a name that several agents answer to is told with all of them', async () => {
    const twin = (folder: string) => ({
      [`.claude/agents/${folder}/${folder}.md`]: `---\nname: ${folder}-baker\ndescription: Bakes.\ntools: Read\n---\n\nBake.\n`,
      [`.claude/agents/${folder}/baker.md`]: `---\nname: ${folder}-chief\ndescription: Leads.\ntools: Read\n---\n\nLead.\n`,
    });
    const files = { ...claude('lead', 'tools: Read, Task\ndelegates_to: [baker]\n'), ...twin('east'), ...twin('west') };
    expect(await told(files)).toEqual([
      'error unknown-role .claude/agents/lead.md:5 "baker" could be east-chief and west-chief.',
    ]);
  });

  test('relations that the other side does not know of are told', async () => {
    const files = {
      ...claude('lead', 'tools: Read, Task\ndelegates_to: [baker]\n'),
      ...claude('baker', 'tools: Read\nreceives_from: [miller]\n'),
      ...claude('miller', 'tools: Read\n'),
    };
    expect((await told(files)).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'warning unmirrored-relation .claude/agents/baker.md:5',
      'warning unmirrored-relation .claude/agents/baker.md:5',
    ]);
  });

  test('who delegates without the tool for it is told', async () => {
    const files = {
      ...claude('lead', 'tools: Read, Grep\ndelegates_to: [baker]\n'),
      ...claude('baker', 'tools: Read\n'),
    };
    expect(await told(files)).toEqual([
      expect.stringMatching(/^warning delegates-without-tool \.claude\/agents\/lead\.md:4 /),
    ]);
  });

  test('an agent among the tools is told', async () => {
    const files = { ...claude('lead', 'tools: Read, baker\n'), ...claude('baker', 'tools: Read\n') };
    expect(await told(files)).toEqual([expect.stringMatching(/^warning agent-as-tool \.claude\/agents\/lead\.md:4 /)]);
  });

  test('front matter that is no YAML is told, and its agent is known to the others', async () => {
    const files = {
      ...claude('lead', 'tools: Read, Task\ndelegates_to: [baker]\n'),
      '.claude/agents/baker.md':
        '---\nname: baker\ndescription: Bakes. Examples: <example>Context: hunger. user: "Bread!"</example>\ntools: Read\n---\n\nBake.\n',
    };
    const found = await told(files);
    expect(found.filter((line) => line.includes('unknown-role'))).toEqual([]);
    expect(found).toEqual([
      expect.stringMatching(/ (?:front-matter-repaired|platform-drops-file) \.claude\/agents\/baker\.md:3 /),
    ]);
  });

  test('a misspelled key that opens everything is told', async () => {
    const files = {
      '.opencode/agents/lead.md': '---\ndescription: Leads.\nmode: primary\npermissions:\n  bash: deny\n---\n\nWork.\n',
    };
    expect(await told(files)).toEqual([
      expect.stringMatching(/^error platform-widens-tools \.opencode\/agents\/lead\.md:4 .*`permissions`/),
    ]);
  });

  test('of a document among the agents it is told once that it is none', async () => {
    const files = { ...claude('lead', 'tools: Read\n'), '.claude/agents/notes.md': '# House rules\n\nBe kind.\n' };
    expect((await told(files)).filter((line) => line.startsWith('error'))).toEqual([
      expect.stringMatching(/^error platform-drops-file \.claude\/agents\/notes\.md:1 /),
    ]);
  });

  test('that agents may edit their own instructions when a person agrees is told once for all of them', async () => {
    const folder = project({ ...claude('lead', 'tools: Read, Edit\n'), ...claude('baker', 'tools: Edit\n') });
    const { stdout } = await teamc(folder, ['lint', '.']);
    expect(stdout).toBe(
      [
        'info own-instructions-writable: baker and lead may edit ".claude/settings.json" when a person agrees, and with it what they are told and allowed.',
        '  --> .claude/agents/baker.md:4:8',
        '  > 4 | tools: Edit',
        '      |        ^^^^',
        '  help: Deny it in .claude/settings.json: {"permissions":{"deny":["Edit(.claude/**)","Edit(CLAUDE.md)","Edit(CLAUDE.local.md)","Edit(.mcp.json)","Edit(~/.claude/**)","Edit(~/.claude.json)"]}}.',
        '',
        '1 info in 1 file (2 roles)',
        '',
      ].join('\n'),
    );
  });

  test('it is linted though a team stands in a folder above', async () => {
    const team = { 'team.yaml': 'teamc: 1\nname: shop\nroles: { lead: { description: Leads., tools: [] } }\n' };
    const inner = Object.fromEntries(
      Object.entries(claude('lead', 'tools: Read, nonsense\n')).map(([path, text]) => [`inner/${path}`, text]),
    );
    const found = [expect.stringMatching(/ platform-drops-tool inner\/\.claude\/agents\/lead\.md:4 /)];
    expect(await told({ ...team, ...inner }, ['inner'])).toEqual(found);
    expect(await told({ ...team, ...inner }, ['inner/.claude/agents/lead.md'])).toEqual(found);
    expect(await told({ ...team, ...inner })).toEqual([]);
  });
});

describe('a project without an agent', () => {
  test.each([
    [
      { '.claude/agents': 'agents: none\n' },
      " .claude/agents can't be read: it is a file, and agents stand in a folder.",
    ],
    [{ '.claude/agents/.gitkeep': '' }, ''],
  ])('is told as one: %j', async (files, more) => {
    const { code, stdout, stderr } = await teamc(project(files), ['lint']);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `teamc: There is no team, and the folders of agents hold no agent.${more}\n`,
    });
  });
});

test('a baseline records what is found in a project without a team', async () => {
  const folder = project(claude('lead', 'tools: Read, Task\ndelegates_to: [ghost]\n'));
  const recorded = await teamc(folder, ['lint', '--baseline', 'known.json', '--update-baseline']);
  const { code } = await teamc(folder, ['lint', '--baseline', 'known.json']);
  expect({ recorded: recorded.code, code }).toEqual({ recorded: 0, code: 0 });
});

test('no role is said to have meant itself', async () => {
  const files = claude('field-engineer', 'tools: Read, Task\ndelegates_to: [yield-engineer]\n');
  const { stdout } = await teamc(project(files), ['lint']);
  expect(stdout).toContain('There is no role "yield-engineer".');
  expect(stdout).not.toContain('Did you mean');
});

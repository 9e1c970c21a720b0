import { describe, expect, test } from 'vitest';
import { loadTeam } from '../../src/index.ts';
import { project, teamc } from './project.ts';

const AGENTS = {
  '.claude/agents/lead.md':
    '---\nname: lead\ndescription: Plans.\ntools: Read, Agent(builder)\n---\n\nPlan.\n\n## Delegates to\n\n- `builder`: code\n',
  '.claude/agents/builder.md': '---\nname: builder\ndescription: Builds.\ntools: Read, Bash\n---\n\nBuild.\n',
};

const SECOND = { '.opencode/agents/helper.md': '---\ndescription: Helps.\nmode: primary\n---\n\nHelp.\n' };

describe('a project that has agents and no team file answers', () => {
  test('what an agent may do', async () => {
    const { code, stdout } = await teamc(project(AGENTS), ['can', 'lead', 'shell', 'ls']);
    expect([code, stdout.split('\n').slice(0, 2)]).toEqual([
      0,
      ['deny  lead  shell  ls', '  --> .claude/agents/lead.md:4:8  the role does not have this tool'],
    ]);
  });

  test('who gets to a call', async () => {
    const { stdout } = await teamc(project(AGENTS), ['paths', '--to', 'shell:rm *', '--from', 'lead']);
    expect(stdout).toContain(
      'lead → builder  shell  rm notes.md  ask\n  --> .claude/agents/lead.md:4:8  lead delegates to builder',
    );
  });

  test('all that holds for an agent', async () => {
    const { stdout } = await teamc(project(AGENTS), ['explain', 'builder']);
    expect(stdout).toContain('  lead  delegates-to, for code  .claude/agents/lead.md:4\n');
  });

  test('who they are to each other', async () => {
    const { stdout, stderr } = await teamc(project(AGENTS), ['graph']);
    expect([stdout.includes(' --> '), stderr]).toEqual([true, '']);
  });

  test('how another project differs', async () => {
    const folder = project({
      ...AGENTS,
      'other/.claude/agents/lead.md': AGENTS['.claude/agents/lead.md'].replace('Read,', 'Read, Bash,'),
      'other/.claude/agents/builder.md': AGENTS['.claude/agents/builder.md'],
    });
    const { stdout } = await teamc(folder, ['compare', '.', 'other']);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('looser: 1 role may do more (. → other)');
  });

  test('to programs too', () => {
    const team = loadTeam('.', { cwd: project(AGENTS) });
    expect([...team.team.roles.keys()]).toEqual(['builder', 'lead']);
  });

  test('and completes their names', async () => {
    const { stdout } = await teamc(project(AGENTS), ['complete', '--', 'can', '']);
    expect(stdout).toBe('builder\tBuilds.\nlead\tPlans.\n');
  });
});

test('agents of two platforms are two teams, of which one is named', async () => {
  const folder = project({ ...AGENTS, ...SECOND });
  expect(await teamc(folder, ['can', 'lead', 'shell', 'ls'])).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'teamc: There are agents of several platforms here; name the files of one as the team: .claude/agents and .opencode/agents.\n',
  });
  expect((await teamc(folder, ['can', 'lead', 'shell', 'ls', '--team', '.claude/agents'])).stdout).toContain(
    'deny  lead',
  );
  expect((await teamc(folder, ['explain', 'helper', '--team', '.opencode/agents'])).code).toBe(0);
});

test.each([['build'], ['rename', 'lead', 'boss'], ['add', 'role', 'x'], ['schema', '--install']])(
  'what writes a team needs a team file: %s',
  async (...words) => {
    expect(await teamc(project(AGENTS), words)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'teamc: There is no team file here, only agents of a platform; "teamc import . --out team" makes a team of them.\n',
    });
  },
);

test('a team is not imported as if its roles were agents, unless somebody says whose', async () => {
  const folder = project({
    'team.yaml': 'teamc: 1\nname: x\n',
    'roles/a.md': '---\nname: a\ndescription: A.\ntools: [read]\n---\n\nA.\n',
  });
  expect(await teamc(folder, ['import', '.', '--out', 'other'])).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'teamc: "." holds a team already, "team.yaml"; lint, build and the others take it as it is. To read its files as those of a platform, name that with --from.\n',
  });
  expect((await teamc(folder, ['import', '.', '--from', 'claude-code', '--out', 'other'])).code).toBe(0);
});

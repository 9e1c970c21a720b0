import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
// @ts-expect-error A script without types.
import { buildLibrary } from '../scripts/build.mjs';
import { build, can, compare, lint, loadTeam, simulate, simulateScenario, TeamError } from '../src/index.ts';
import { builtCommand, project, teamc } from './cli/project.ts';
import { blocksOf } from './pages/blocks.ts';

const GUILD = 'teams/backend-guild';

/** What the command answers as JSON. */
async function asked(...argv: readonly string[]): Promise<unknown> {
  return JSON.parse((await teamc(process.cwd(), [...argv, '--format', 'json'])).stdout);
}

const through = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a program is answered what the command answers', () => {
  const team = loadTeam(GUILD);

  test('about what is wrong', async () => {
    const { diagnostics } = (await asked(
      'lint',
      GUILD,
      '--profile',
      'strict',
      '--target',
      'roo',
      '--rule',
      'feature-lost=off',
    )) as {
      diagnostics: object[];
    };
    const found = lint(team, { profile: 'strict', targets: ['roo'] }).filter(({ rule }) => rule !== 'feature-lost');
    expect(through(found)).toEqual(diagnostics);
    const broken = loadTeam('examples/broken/teams/harbour');
    expect(lint(broken).length).toBeGreaterThan(5);
    expect(lint(broken)[0]).toMatchObject({
      file: expect.stringContaining('examples/broken/'),
      line: expect.any(Number),
    });
  });

  test('about a call', async () => {
    const words = ['api-developer', 'shell', 'git push origin main'] as const;
    expect(through(can(team, ...words))).toEqual(await asked('can', ...words, '--team', GUILD));
    expect(can(team, 'api-developer', 'shell:git status').decision).toBe('allow');
    expect(() => can(team, 'qa-laed', 'shell', 'x')).toThrow(
      new TeamError('There is no role "qa-laed"; did you mean "qa-lead"?'),
    );
  });

  test('about two teams, and a team on a platform', async () => {
    expect(through(compare(team, loadTeam('teams/delivery-squad')))).toEqual(
      await asked('compare', GUILD, 'teams/delivery-squad'),
    );
    expect(through(compare(team, team, { targets: [undefined, 'opencode'] }))).toEqual(
      await asked('compare', GUILD, `${GUILD}@opencode`),
    );
  });

  test('about a request and a scenario', async () => {
    const { runs } = (await asked('simulate', GUILD, 'Add a login')) as { runs: object[] };
    expect(simulate(team, 'Add a login')).toStrictEqual(runs[0]);
    const path = `${GUILD}/scenarios/whole-ladder.yaml`;
    const seeded = (await asked('simulate', path, '--seed', '7', '--run', '3')) as { runs: object[] };
    expect(through(simulateScenario(path, { seed: '7', run: 3 }))).toEqual(seeded.runs[0]);
  });

  test('about the files of platforms, and they are written as the command writes them', async () => {
    const folder = project();
    await teamc(process.cwd(), ['build', GUILD, '--out', join(folder, 'one')]);
    const { files, upToDate, fidelity } = await build(team);
    expect([upToDate, fidelity.length > 100]).toEqual([false, true]);
    for (const { path, content } of files.filter(({ path }) => path.endsWith('.md')))
      expect(readFileSync(join(folder, 'one', path), 'utf8')).toBe(content);
    const out = join(folder, 'two');
    expect((await build(team, { out, check: true })).upToDate).toBe(false);
    expect(existsSync(out)).toBe(false);
    expect((await build(team, { out })).upToDate).toBe(true);
    expect((await build(team, { out, check: true })).upToDate).toBe(true);
    writeFileSync(join(out, '.claude/agents/qa-lead.md'), 'Mine.\n');
    const drifted = await build(team, { out });
    expect([drifted.upToDate, drifted.changes.filter(({ drift }) => drift).map(({ path }) => path)]).toEqual([
      false,
      ['.claude/agents/qa-lead.md'],
    ]);
    expect((await build(team, { out, force: true })).upToDate).toBe(true);
  });
});

describe('what can’t be answered is a sentence', () => {
  test('a team that is not there, and one of several', () => {
    expect(() => loadTeam('nowhere')).toThrow(TeamError);
    expect(() => loadTeam('teams')).toThrow(/^There are several teams; choose one: /);
  });

  test('a name that there is not, an empty request and a run that is none', () => {
    const team = loadTeam(GUILD);
    const said = (ask: () => unknown) => expect(ask).toThrow(TeamError);
    said(() => lint(team, { targets: ['cursor'] }));
    said(() => lint(team, { profile: 'strikt' as never }));
    said(() => compare(team, team, { targets: ['cursor', undefined] }));
    said(() => simulate(team, ' '));
    said(() => simulate(team, 'Go', { seed: 'a', run: 0 }));
    said(() => simulate(team, 'Go', { target: 'cursor' }));
    expect(() => lint(team, { targets: ['opencod'] })).toThrow(
      'There is no target "opencod"; did you mean "opencode"?',
    );
  });

  test('a form that a platform has not', async () => {
    const team = loadTeam('teams/starter');
    await expect(build(team, { form: 'extension' })).rejects.toThrow(
      new TeamError('Claude Code has no form "extension"; Claude Code has "plugin" and "user".'),
    );
    await expect(build(team, { form: 'plugin', targets: ['roo'] })).rejects.toThrow('Roo Code has no form "plugin"');
    const { files } = await build(team, { form: 'plugin' });
    expect(new Set(files.map(({ target }) => target))).toEqual(new Set(['claude-code']));
  });

  test('a team with errors', async () => {
    const folder = project({ 'team.yaml': 'teamc: 1\nname: [\n' });
    const broken = loadTeam(undefined, { cwd: folder });
    expect(lint(broken)[0]).toMatchObject({ rule: 'yaml-syntax', file: 'team.yaml' });
    expect(() => can(broken, 'a', 'read', 'b')).toThrow(TeamError);
    expect(() => simulate(broken, 'Go')).toThrow(TeamError);
    await expect(build(broken)).rejects.toThrow(TeamError);
    expect(() => simulateScenario('nothing.yaml', { cwd: folder })).toThrow(TeamError);
  });
});

test('the packed package does as a library what its example says, with types and without a word on import', async () => {
  const folder = project();
  const source = join(folder, 'source');
  cpSync(dirname(builtCommand()), join(source, 'dist'), { recursive: true });
  await buildLibrary(join(source, 'dist'));
  for (const path of ['package.json', 'schemas', 'targets', 'teams'])
    cpSync(path, join(source, path), { recursive: true });
  const quiet: ExecFileSyncOptionsWithStringEncoding = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
  const pack = ['pack', source, '--json', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = JSON.parse(execFileSync('npm', pack, quiet)) as { filename: string }[];
  mkdirSync(join(folder, 'node_modules'));
  execFileSync('tar', ['-xzf', join(folder, packed!.filename), '-C', join(folder, 'node_modules')]);
  renameSync(join(folder, 'node_modules/package'), join(folder, 'node_modules/teamc'));
  cpSync('examples/library', join(folder, 'example'), { recursive: true });
  const run = (...words: readonly string[]): string => execFileSync('node', words, { cwd: folder, encoding: 'utf8' });
  expect(run('example/check.mjs')).toBe(`mate may switch the lamp off: deny, by "lamp off *" in line 17
opencode gets .opencode/agents/keeper.md, .opencode/agents/mate.md, opencode.json
on Claude Code the team is equal
the request is done after 4 events
`);
  expect(run('--input-type=module', '-e', 'import "teamc"')).toBe('');
  cpSync('teams', join(folder, 'teams'), { recursive: true });
  for (const page of ['README.md', 'docs/library.md']) {
    const blocks = blocksOf(page).filter(({ language }) => language === 'js');
    writeFileSync(join(folder, 'page.mjs'), blocks.map(({ text }) => text).join(''));
    expect([page, blocks.length > 0, run('page.mjs')]).toEqual([page, true, '']);
  }
  writeFileSync(
    join(folder, 'types.mts'),
    `import { build, can, compare, lint, loadTeam, simulate, simulateScenario, TeamError } from 'teamc';
import type { BuildOptions, BuildResult, BuiltFile, CanAnswer, CompareChange, CompareOptions, CompareResult, Diagnostic } from 'teamc';
import type { Edge, FidelityRow, FileChange, FindingJson, LintOptions, LoadedTeam, LoadOptions, Role, RuleJson } from 'teamc';
import type { Severity, SimulatedRun, SimulateOptions, Team } from 'teamc';
const team: LoadedTeam = loadTeam('x', { cwd: '.' } satisfies LoadOptions);
const role: Role | undefined = team.team.roles.get('a');
const found: readonly FindingJson[] = lint(team, { profile: 'strict' } satisfies LintOptions);
const rule: string | undefined = found[0]?.rule;
const answer: CanAnswer = can(team, 'a', 'b');
const decision: 'allow' | 'ask' | 'deny' = answer.decision;
const said: RuleJson | null = answer.rule;
const built: BuildResult = await build(team, { targets: ['roo'] } satisfies BuildOptions);
const files: readonly BuiltFile[] = built.files;
const rows: readonly FidelityRow[] = built.fidelity;
const changed: readonly FileChange[] = built.changes;
const compared: CompareResult = compare(team, team, { targets: [undefined, 'roo'] } satisfies CompareOptions);
const change: CompareChange | undefined = compared.changes[0];
const played: SimulatedRun = simulate(team, 'Go', { seed: '1' } satisfies SimulateOptions);
const again: SimulatedRun = simulateScenario('x.yaml');
const all: readonly [Diagnostic?, Edge?, Severity?, Team?] = [];
console.log(role, rule, decision, said, files, rows, changed, change, played, again, all, new TeamError('x').message);
`,
  );
  const strict = [
    '--noEmit',
    '--strict',
    '--exactOptionalPropertyTypes',
    '--noUncheckedIndexedAccess',
    '--target',
    'es2022',
  ];
  const types = ['--types', 'node', '--typeRoots', join(process.cwd(), 'node_modules/@types')];
  for (const [module, resolution] of [
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ] as const) {
    const tsc = [join(process.cwd(), 'node_modules/typescript/bin/tsc'), ...strict, ...types];
    expect(run(...tsc, '--module', module, '--moduleResolution', resolution, 'types.mts')).toBe('');
  }
});

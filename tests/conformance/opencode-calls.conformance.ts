import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { delegatesOf } from '../../src/analysis/delegates.ts';
import { rulings } from '../../src/analysis/ruling.ts';
import { type Decision, decisions } from '../../src/pattern/policy.ts';
import { builtinTarget } from '../../src/target/builtin.ts';
import { enforcer } from '../../src/target/enforcement.ts';
import type { Role } from '../../src/team/team.ts';
import type { Tool } from '../../src/team/tools.ts';
import { OPENCODE } from './opencode-client.ts';
import { ALL_LINES, CAUGHT, holes, leaving, opencodeCrew, PATHS, PROJECT, READ, STRANGERS } from './opencode-crew.ts';
import type { ToolCall } from './opencode-model.ts';
import { type Answered, bash, make, OpencodeSessions, type Plan, read, start, write } from './opencode-sessions.ts';
import { count, PROGRAMS, writeFiles } from './scratch.ts';
import { built } from './teams.ts';

const CLIENT = `opencode ${OPENCODE}`;
const target = enforcer(builtinTarget('opencode')!);
const rule = rulings();
const team = opencodeCrew();

/** A call in teamc's words, and what became of it. */
interface Judged extends Pick<Answered, 'decision' | 'said'> {
  readonly role: string;
  readonly tool: Tool;
  readonly argument: string;
}

/** A call in teamc's words and in those of a model. */
type Asked = readonly [tool: Tool, argument: string, call: ToolCall];

const judged: Judged[] = [];
let sessions: OpencodeSessions;
/** The project of everything that is not judged by its files. */
let common: string;

beforeAll(async () => {
  sessions = await OpencodeSessions.begin();
  common = project();
  await onlyStandIns();
  await Promise.all(
    ['open', 'builder', 'lead'].map(async (role) => {
      const at = project();
      await judge(role, at, linesAsked());
      await judge(role, at, pathsAsked(at, false));
      await judge(role, at, pathsAsked(at, true), true);
    }),
  );
});

afterAll(() => sessions.end());

/** A project of its own for each that writes; what lies in the home folder is the same. */
function project(): string {
  const { folder } = built(team, 'opencode');
  writeFiles(folder, [...PROJECT, { path: 'run.sh', content: 'terraform x\n' }]);
  symlinkSync('infra', join(folder, 'link'));
  writeFiles(
    sessions.opencode.home,
    ['.ssh/id', '.ssh/deep/id', 'notes/x'].map((path) => ({ path, content: 'x\n' })),
  );
  return folder;
}

/** Nothing else may be called before it is clear that a tool finds the stand-ins only. */
async function onlyStandIns(): Promise<void> {
  const call = bash(PROGRAMS.map((program) => `command -v ${program}`).join('; '));
  const [answer] = await sessions.play(common, { agent: 'open', calls: [call] });
  const expected = PROGRAMS.map((program) => `${sessions.programs}/${program}\n`).join('');
  if (answer?.said !== expected) throw new Error(`A tool would run real programs: ${answer?.said}`);
}

function linesAsked(): readonly Asked[] {
  return ALL_LINES.map((line) => ['shell', line, bash(line)]);
}

/** The paths within the project or those outside, whole and from the project's folder. */
function pathsAsked(at: string, outside: boolean): readonly Asked[] {
  const whole = (path: string): string => (/^[/~]/.test(path) ? path : `${at}/${path}`);
  const spelled = (path: string): string => whole(path).replace(/^~/, sessions.opencode.home);
  const made = (path: string): string => path.replace('.txt', '.make');
  const [edited, looked] = [PATHS, READ].map((all) => all.filter((path) => leads(path) === outside));
  return [
    ...edited!.map((path): Asked => ['edit', path, write(spelled(path))]),
    ...edited!.filter(() => !outside).map((path): Asked => ['edit', made(path), make(made(path))]),
    ...looked!.map((path): Asked => ['read', path, read(spelled(path))]),
    ...looked!.filter(() => !outside).map((path): Asked => ['read', path, read(path)]),
  ];
}

function leads(path: string): boolean {
  return /^[/~]|(?:^|src\/\.\.\/)\.\.\//.test(path);
}

async function judge(role: string, at: string, asked: readonly Asked[], apart = false): Promise<void> {
  const answers = await sessions.play(at, { agent: role, calls: asked.map(([, , call]) => call), apart });
  for (const [index, [tool, argument]] of asked.entries()) {
    const { decision, said } = answers[index]!;
    judged.push({ role, tool, argument, decision, said });
  }
}

function roleOf(id: string): Role {
  return team.roles.get(id)!;
}

/** What `teamc can` says of the target. */
function predicted(id: string, tool: Tool, argument: string): Decision {
  const role = roleOf(id);
  return target.decide(role, tool, argument, rule(role, tool, argument).decision).decision;
}

function wrong(of: readonly Judged[]): readonly unknown[] {
  return of
    .map(({ said, ...call }) => ({ ...call, ours: predicted(call.role, call.tool, call.argument), said }))
    .filter(({ decision, ours }) => decision !== ours);
}

function shares(of: readonly Judged[]): Readonly<Record<string, number>> {
  const share = (one: Decision): number => of.filter(({ decision }) => decision === one).length / of.length;
  return Object.fromEntries(decisions.map((one) => [`really run: ${one} %`, Math.round(100 * share(one))]));
}

const decidedBy = (answers: readonly Answered[], call: ToolCall): Decision =>
  answers.find((answer) => answer.call === call)!.decision;

describe(`calls of tools in ${CLIENT}`, () => {
  test('command lines are decided as predicted', () => {
    const lines = judged.filter(({ tool }) => tool === 'shell');
    const disagreements = wrong(lines);
    const counts = { 'command lines really called': lines.length, ...shares(lines) };
    count({ client: CLIENT, counts: { ...counts, 'disagreements on lines': disagreements.length } });
    expect(disagreements).toEqual([]);
  });

  test('files are read and written as predicted, within the project and outside', () => {
    const files = judged.filter(({ tool }) => tool !== 'shell');
    const disagreements = wrong(files);
    const counts = { 'files really called for': files.length, 'disagreements on files': disagreements.length };
    count({ client: CLIENT, counts });
    expect(disagreements).toEqual([]);
    const own = (argument: string): unknown =>
      files.find((one) => one.role === 'builder' && one.tool === 'read' && one.argument === argument)?.decision;
    expect(['~/.ssh/id', '~/.ssh/deep/id', '/etc/ssl/x.pem', '~/notes/x', '/etc/hostname'].map(own)).toEqual([
      ...['deny', 'deny', 'deny', 'ask', 'ask'],
    ]);
  });
});

describe(`what ${CLIENT} does not see`, () => {
  test('known holes are as open as they are said to be, and no wider', async () => {
    const known = holes(sessions.programs).map(({ denied: [tool, argument], run, ...rest }) => {
      const call = { bash, read, write }[tool](argument);
      return { ...rest, denied: call, run: run.map(bash) };
    });
    const caught = CAUGHT.map(bash);
    const calls = [...known.flatMap(({ denied, run }) => [denied, ...run]), ...caught];
    const answers = await sessions.play(common, { agent: 'open', calls });
    const shown = known.map(({ hole, denied, run }) => ({
      hole,
      denied: decidedBy(answers, denied),
      refused: run.filter((call) => decidedBy(answers, call) !== 'allow').map(({ input }) => input['command']),
    }));
    expect(shown).toEqual(known.map(({ hole }) => ({ hole, denied: 'deny', refused: [] })));
    expect(caught.filter((call) => decidedBy(answers, call) !== 'deny').map(({ input }) => input['command'])).toEqual(
      [],
    );
    count({
      client: CLIENT,
      counts: {
        'holes shown': known.length,
        'by lines': known.flatMap(({ run }) => run).length,
        'and look-alikes caught': caught.length,
      },
    });
  });

  test('each hole that the target names is shown, and its example runs though the team denies it', async () => {
    const named = target.target.manifest.holes ?? [];
    const told = holes('').flatMap((one) => one.told ?? []);
    expect(named.map(({ what }) => what).filter((what) => !what.includes('@'))).toEqual(told);
    const examples = named.flatMap(({ example }) => example ?? []);
    const answers = await sessions.play(common, { agent: 'open', calls: examples.map(bash) });
    expect(answers.map(({ decision }) => decision)).toEqual(examples.map(() => 'allow'));
    const role = roleOf('open');
    expect(examples.map((line) => rule(role, 'shell', line).decision)).toEqual(examples.map(() => 'deny'));
  });

  test('it asks by itself before some lines leave the project, and refuses where reading is denied', async () => {
    const lines = leaving(sessions.opencode.home);
    const answers = await sessions.play(common, {
      agent: 'builder',
      calls: lines.map(([line]) => bash(line)),
      apart: true,
    });
    expect(answers.map(({ call, decision }) => [call.input['command'], decision])).toEqual(lines);
    count({ client: CLIENT, counts: { 'lines that leave the project': lines.length } });
  });
});

describe(`delegation in ${CLIENT}`, () => {
  test('every role starts its delegates, asks where there is an approval, and starts nobody else', async () => {
    const others = [...team.roles.keys(), ...STRANGERS];
    const answered = await Promise.all(
      [...team.roles.keys()].map(async (id) => {
        const answers = await sessions.play(common, { agent: id, calls: others.map((name) => start(name)) });
        return answers.map(({ decision, said }, index) => ({ id, name: others[index]!, decision, said }));
      }),
    );
    const all = answered.flat();
    const bad = all.filter(({ id, name, decision }) => {
      const isDelegate = delegatesOf(roleOf(id)).some((other) => other.id === name);
      return decision !== (isDelegate ? predicted(id, 'delegate', name) : 'deny');
    });
    expect(bad).toEqual([]);
    const refused = all.filter(({ decision }) => decision === 'deny').length;
    const questions = all.filter(({ decision }) => decision === 'ask').length;
    const started = all.length - refused - questions;
    expect([started, questions]).toEqual([4, 2]);
    count({
      client: CLIENT,
      counts: { 'starts of agents': started, 'asked about': questions, 'and refused': refused },
    });
  });

  /** Down the longest path of the team; who began below the main thread. */
  async function down(at: string): Promise<readonly (readonly [agent: string, decision: Decision, said: string])[]> {
    const end: Plan = { agent: 'tip', calls: [bash('npm test')] };
    const path = ['leaf', 'back/mid', 'lead'].reduce<Plan>(
      (below, agent) => ({ agent, calls: [], below: [below] }),
      end,
    );
    return (await sessions.play(at, path)).map(({ agent, decision, said }) => [agent, decision, said]);
  }

  test('goes as deep as the emitted file says, and with a lower number ends there', async () => {
    const file = JSON.parse(readFileSync(join(common, 'opencode.json'), 'utf8')) as { readonly subagent_depth: number };
    expect(file.subagent_depth).toBe(3);
    const began = [...['lead', 'back/mid', 'leaf'].map((id) => [id, 'allow']), ['tip', 'ask']];
    expect((await down(common)).map(([id, decision]) => [id, decision])).toEqual(began);
    for (const depth of [2, 1, 0]) {
      const at = project();
      writeFileSync(join(at, 'opencode.json'), JSON.stringify({ ...file, subagent_depth: depth }));
      const hops = await down(at);
      expect(hops.map(([id, decision]) => [id, decision])).toEqual([
        ...began.slice(0, depth),
        [began[depth]![0], 'deny'],
      ]);
      expect(hops.at(-1)![2]).toMatch(/^Subagent depth limit reached/);
    }
    count({ client: CLIENT, counts: { 'depths of delegation': 4 } });
  });

  test('with an approval starts the role once a person says yes, and the role keeps its own rules', async () => {
    const plan: Plan = {
      agent: 'lead',
      calls: [],
      below: [{ agent: 'ops', calls: ['terraform plan', 'terraform apply', 'terraform destroy'].map(bash) }],
    };
    const no = await sessions.play(common, plan);
    expect(no.map(({ agent, decision }) => [agent, decision])).toEqual([['lead', 'ask']]);
    const yes = await sessions.play(common, plan, { yes: ['task'] });
    expect(yes.map(({ agent, decision }) => [agent, decision])).toEqual([
      ['lead', 'ask'],
      ['ops', 'allow'],
      ['ops', 'ask'],
      ['ops', 'deny'],
    ]);
  });

  test('where nobody can be asked, a question is a no', async () => {
    const calls = [start('ops'), start('tip'), bash('npm publish'), bash('npm test'), bash('terraform x')];
    const said = await sessions.once(common, { agent: 'lead', calls });
    expect(said).toContain('permission requested: task (ops); auto-rejecting');
    expect(said).toContain('permission requested: bash (npm publish); auto-rejecting');
    expect(said.match(/The user has specified a rule/g)).toHaveLength(2);
    expect(said.match(/stand-in .*/g)).toEqual(['stand-in npm test']);
  });

  test('a person who names an agent with @ lets the role start any, unless it can start none', async () => {
    const calls = ['tip', 'general', 'leaf', 'ops'].map((name) => start(name));
    const of = async (agent: string, named: readonly string[]): Promise<readonly Decision[]> =>
      (await sessions.play(common, { agent, calls }, { named })).map(({ decision }) => decision);
    expect(await of('lead', [])).toEqual(['deny', 'deny', 'deny', 'ask']);
    expect(await of('lead', ['tip'])).toEqual(calls.map(() => 'allow'));
    expect(await of('tip', ['leaf'])).toEqual(calls.map(() => 'deny'));
  });
});

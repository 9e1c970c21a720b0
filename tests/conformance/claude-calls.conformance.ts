import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { delegatesOf } from '../../src/analysis/delegates.ts';
import { type Decision, decisions, stricter } from '../../src/pattern/policy.ts';
import type { Role, Team } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';
import { type Answered, type Plan, promptOf } from './claude-calls.ts';
import { CLAUDE_CODE, ClaudeCode } from './claude-client.ts';
import { bash, crew, read, start, write } from './claude-crew.ts';
import { BROKEN_GUARDS } from './claude-guards.ts';
import { asked, broad, caught, FORKING, type Hole, holes, LINKS, SCRIPT } from './claude-holes.ts';
import { meant, predicted } from './claude-prediction.ts';
import { forAll, playOn, type Setting, type Stage, stage, wordsOf } from './claude-scenes.ts';
import { crewSessions, idOf, roleOf, type Scripted, shippedSessions } from './claude-sessions.ts';
import { count, folder } from './scratch.ts';

const CLIENT = `Claude Code ${CLAUDE_CODE}`;
const claude = new ClaudeCode();

interface Judged extends Answered {
  readonly scripted: Scripted;
  readonly words: string;
  readonly role: Role;
}

const stages: Stage[] = [];

/** A stage whose folder is trusted, unless it must not be. */
function trusted(team: Team, setting: Setting = {}): Stage {
  const made = stage(claude, team, setting);
  stages.push(made);
  return made;
}

const sessions = [...crewSessions(claude), ...shippedSessions(claude)];
const judged: Judged[] = [];
const prompts: { readonly agent: string; readonly prompt: string; readonly body: string }[] = [];

const HOLEY: Setting = { more: [SCRIPT, FORKING, { path: 'secrets/deep/k.txt', content: 'k\n' }], links: LINKS };
const holey = trusted(broad(), HOLEY);
const closedHoley = trusted(broad(true), HOLEY);
const asking = trusted(crew());
const guards = BROKEN_GUARDS.map((broken) => ({ ...broken, stage: trusted(crew(), broken) }));

/** A team with two entries has no main role: the main thread stays the person's. */
function pair(closed: boolean): Team {
  const { team } = loadText(`teamc: 1
name: pair
entry: [dev, other]
roles:
  dev:
    description: Develops.
    tools: [read, edit, shell]
    permissions:
      shell: [{ ask: "*" }, { allow: "npm *" }, { deny: "terraform *" }]
      edit: [{ deny: "*" }, { allow: "src/**" }]
  other: { description: Looks., tools: read }
targets: { claude-code: { closed: ${closed} } }
`);
  return team;
}

/** What the client once decided otherwise than the team: the roles, and command lines with the team's answers. */
interface Found {
  readonly found: string;
  readonly roles: Readonly<Record<string, object>>;
  readonly calls: readonly (readonly [role: string, line: string, decision: Decision])[];
  /** What it decides as long as the cause is still there. */
  readonly still?: Decision;
}

const FOUND = JSON.parse(
  readFileSync(new URL('fixtures/claude-found.json', import.meta.url), 'utf8'),
) as readonly Found[];
const found = FOUND.map((one) => {
  const { team } = loadText(JSON.stringify({ teamc: 1, name: 'found', roles: one.roles }));
  return { ...one, stage: trusted(team) };
});

const opened = trusted(pair(false));
const closed = trusted(pair(true));

beforeAll(async () => {
  const all = [...stages, ...sessions.filter(({ exact }) => exact).map(({ stage: one }) => one)];
  claude.trust(all.map(({ scene }) => scene.project));
  await forAll(sessions, async (scripted) => {
    const { stage: on, plan, options } = scripted;
    const played = await playOn(claude, on, plan, options);
    for (const answer of played.answers) {
      const role = roleOf(on.team, answer.agent);
      const words = `${on.team.name}: ${wordsOf(answer, on.scene.project)}`;
      judged.push({ ...answer, scripted, role, words });
    }
    for (const [{ agent }, request] of played.began) {
      const file = on.scene.plan.files.find(({ from }) => from === roleOf(on.team, agent).id)!;
      prompts.push({ agent, prompt: promptOf(request), body: bodyOf(file.content) });
    }
  });
});

/** What follows the front matter of an emitted file. */
function bodyOf(content: string): string {
  return content.slice(content.indexOf('\n---\n') + 5).trim();
}

function prediction({ scripted, agent, depth, call }: Judged): Decision {
  return predicted(scripted.stage.scene, { name: agent, depth }, call);
}

/** The share of each decision, in percent. */
function shares(all: readonly { readonly decision: Decision }[]): Readonly<Record<string, number>> {
  const share = (one: Decision): number => all.filter(({ decision }) => decision === one).length / all.length;
  return Object.fromEntries(decisions.map((one) => [`${one} %`, Math.round(100 * share(one))]));
}

describe(`calls of tools in ${CLIENT}`, () => {
  test('reach every depth, and each agent runs under the prompt of its role', () => {
    expect(new Set(judged.map(({ depth }) => depth))).toEqual(new Set([0, 1, 2, 3]));
    expect(prompts.filter(({ prompt, body }) => !prompt.startsWith(body)).map(({ agent }) => agent)).toEqual([]);
  });

  test('are decided as predicted, in every place and as every form', () => {
    const wrong = judged
      .map((one) => ({ words: one.words, theirs: one.decision, ours: prediction(one), said: one.said.slice(0, 200) }))
      .filter(({ theirs, ours }) => theirs !== ours);
    const distinct = new Set(judged.map(({ words }) => words));
    count({
      client: CLIENT,
      counts: {
        calls: judged.length,
        'of them distinct': distinct.size,
        ...shares(judged),
        disagreements: wrong.length,
      },
    });
    expect(wrong).toEqual([]);
    expect(distinct.size).toBeGreaterThanOrEqual(200);
    expect(Math.min(...Object.values(shares(judged)))).toBeGreaterThanOrEqual(15);
  });

  test('in a trusted folder are decided as the team itself means, but for tools that the client lacks', () => {
    const asked = judged.flatMap((one) => {
      const ours = one.scripted.exact && meant(one.scripted.stage.scene, one.role, one.call);
      return ours && !lacking(one) ? [{ words: one.words, theirs: one.decision, ours }] : [];
    });
    count({ client: CLIENT, counts: { 'of them against the team itself': asked.length } });
    expect(asked.filter(({ theirs, ours }) => theirs !== ours)).toEqual([]);
  });

  test('elsewhere are never decided more loosely than the team means', () => {
    const looser = judged.filter(({ scripted, role, call, decision }) => {
      const scene = scripted.stage.scene;
      const input = call.tool === 'Agent' ? unscoped(call.input) : call.input;
      const ours = meant(scene, role, { ...call, input });
      return ours !== undefined && stricter(ours, decision) !== decision;
    });
    expect(looser.map(({ words }) => words)).toEqual([]);
  });

  test('run unasked where the settings do not count only if they look at the project and no more', () => {
    const lines = judged
      .filter(({ scripted, call, decision }) => !scripted.exact && call.tool === 'Bash' && decision === 'allow')
      .map(({ call }) => call.input['command']);
    const looking = ['git status', 'git diff', 'git diff HEAD', 'ls', 'ls src', 'cat src/a.txt', 'ls && cat src/a.txt'];
    expect(new Set(lines)).toEqual(new Set([...looking, 'echo a', 'true']));
  });

  test('are decided as the team does where they once were not, unless the cause is known to be there still', async () => {
    const asked = await Promise.all(found.map(answersTo));
    const wrong = asked.flat().filter(({ decision, theirs, still }) => theirs !== decision && theirs !== still);
    const open = asked.filter((one) => one.some(({ decision, theirs }) => theirs !== decision));
    count({ client: CLIENT, counts: { 'differences once found': found.length, 'and still there': open.length } });
    expect(wrong).toEqual([]);
  });

  test('never start an agent that is no delegate of the role, one of the client included', () => {
    const starts = judged.filter(({ call }) => call.tool === 'Agent');
    const started = starts.filter(({ decision }) => decision !== 'deny');
    const strangers = started.filter(({ role, call }) => {
      const name = String(call.input['subagent_type']).replace(/^crew:/, '');
      return !delegatesOf(role).some(({ id }) => idOf(id) === name);
    });
    expect(strangers.map(({ words }) => words)).toEqual([]);
    count({
      client: CLIENT,
      counts: { 'starts of agents refused': starts.length - started.length, 'and let pass': started.length },
    });
  });
});

/** What the client makes of the calls of a difference that was found; all are those of one role. */
async function answersTo({ stage: on, calls, still }: (typeof found)[number]) {
  const agent = calls[0]![0];
  const plan = { agent, calls: calls.map(([, line]) => bash(line)) };
  const { answers } = await playOn(claude, on, plan, { args: ['--agent', agent] });
  return calls.map(([, line, decision], at) => ({ line, decision, still, theirs: answers[at]!.decision }));
}

/** Grep and Glob come with Bash, so a role that has both has no Grep. */
function lacking({ call, said }: Judged): boolean {
  return ['Grep', 'Glob'].includes(call.tool) && said.includes('No such tool available');
}

function unscoped(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { subagent_type: name, ...rest } = input;
  return name === undefined ? rest : { ...rest, subagent_type: String(name).replace(/^crew:/, '') };
}

describe(`what ${CLIENT} does not see, or sees more strictly`, () => {
  test('known holes are as open as they are said to be, and no wider', async () => {
    const { project } = holey.scene;
    const known = holes(project, claude.path.split(':')[0]!);
    const of = (role: Hole['role']): readonly Hole[] => known.filter((one) => one.role === role);
    const { answers } = await playOn(claude, holey, {
      agent: 'dev',
      calls: [...of('dev').flatMap(({ denied, run }) => [denied, ...run]), ...caught(project)],
      below: [{ agent: 'searcher', calls: of('searcher').flatMap(({ denied, run }) => [denied, ...run]) }],
    });
    const decisionOf = (call: unknown): Decision => answers.find((answer) => answer.call === call)!.decision;
    const shown = known.map(({ hole, denied, run }) => [hole, decisionOf(denied), ...new Set(run.map(decisionOf))]);
    expect(shown).toEqual(known.map(({ hole }) => [hole, 'deny', 'allow']));
    const through = caught(project);
    expect(
      answers.filter(
        ({ call, decision }) =>
          decision === 'allow' && through.some((one) => JSON.stringify(one) === JSON.stringify(call)),
      ),
    ).toEqual([]);
    count({
      client: CLIENT,
      counts: { 'known holes shown': known.length, 'by calls': known.flatMap(({ run }) => run).length },
    });
  });

  test('asks by itself about lines and places that the team allows', async () => {
    const { project } = asking.scene;
    const known = asked(project);
    const { answers } = await playOn(
      claude,
      asking,
      { agent: 'builder', calls: known.flatMap(({ calls }) => calls) },
      { args: ['--agent', 'builder'] },
    );
    const role = roleOf(asking.team, 'builder');
    const wrong = answers.filter(({ call, decision, said }) => {
      const row = known.find(({ calls }) => calls.includes(call))!;
      return decision !== 'ask' || !row.said.test(said) || meant(asking.scene, role, call) !== 'allow';
    });
    expect(wrong.map(({ call, decision, said }) => [call.input, decision, said])).toEqual([]);
    count({ client: CLIENT, counts: { 'calls it asks about by itself': answers.length } });
  });
});

describe(`a guard that does not work in ${CLIENT}`, () => {
  test('denies every call', async () => {
    const bare = folder('programs');
    for (const program of ['sh', 'bash', 'env', 'cat', 'ls']) symlinkSync(`/bin/${program}`, join(bare, program));
    const wrong: unknown[] = [];
    await forAll(guards, async ({ how, stage: on, withoutNode }) => {
      const { project } = on.scene;
      const calls = [bash('git status'), bash('ls'), read(`${project}/src/a.txt`), start('builder'), start('Explore')];
      const env = withoutNode ? { PATH: `${claude.path.split(':')[0]}:${bare}` } : {};
      const { answers } = await playOn(claude, on, { agent: 'lead', calls }, { env });
      for (const { call, decision, said } of answers) if (decision !== 'deny') wrong.push([how, call, decision, said]);
    });
    expect(wrong).toEqual([]);
    count({ client: CLIENT, counts: { 'broken guards that deny': guards.length } });
  });
});

describe(`outside the team in ${CLIENT}`, () => {
  const calls = (project: string) => [
    ...['npm test', 'terraform destroy', 'git log', 'make all'].map(bash),
    ...[write(`${project}/src/30.txt`), write(`${project}/30.txt`), read(`${project}/.env`)],
  ];

  test("the person's main thread and what it starts stay theirs; a role that they start has its rules", async () => {
    const { project } = opened.scene;
    const { answers } = await playOn(claude, opened, {
      agent: 'the person',
      calls: [...calls(project), start('Explore'), start()],
      below: [
        { agent: 'general-purpose', calls: calls(project) },
        { agent: 'dev', calls: calls(project) },
      ],
    });
    const by = (name: string) => answers.filter(({ agent }) => agent === name).map(({ decision }) => decision);
    const theirs = ['allow', 'ask', 'allow', 'ask', 'allow', 'ask', 'allow'];
    expect(by('the person')).toEqual([...theirs, 'allow', 'allow', 'allow', 'allow']);
    expect(by('general-purpose')).toEqual(theirs);
    expect(by('dev')).toEqual(['allow', 'deny', 'ask', 'ask', 'allow', 'deny', 'allow']);
  });

  test('nobody does anything where the team is closed, and its roles work on', async () => {
    const { project } = closed.scene;
    const plan = { agent: 'the person', calls: [...calls(project), start('Explore'), start('dev'), start()] };
    const { answers } = await playOn(claude, closed, plan);
    expect(answers.map(({ decision }) => decision)).toEqual(plan.calls.map(() => 'deny'));
    const role = await playOn(claude, closed, { agent: 'dev', calls: calls(project) }, { args: ['--agent', 'dev'] });
    expect(role.answers.map(({ decision }) => decision)).toEqual([
      'allow',
      'deny',
      'ask',
      'ask',
      'allow',
      'deny',
      'allow',
    ]);
  });

  test('a skill that forks would be an agent from outside, so no role of the team may use it', async () => {
    const plan: Plan = {
      agent: 'dev',
      calls: [bash('terraform destroy'), start('general-purpose')],
      below: [{ agent: 'general-purpose', skill: 'forking', calls: [bash('terraform destroy')] }],
    };
    const decided = async (on: Stage) =>
      (await playOn(claude, on, plan)).answers.map(({ agent, decision }) => `${agent} ${decision}`);
    expect(await decided(holey)).toEqual(['dev deny', 'dev deny', 'dev deny']);
    expect(await decided(closedHoley)).toEqual(['dev deny', 'dev deny', 'dev deny']);
  });
});

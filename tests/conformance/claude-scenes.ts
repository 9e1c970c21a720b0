import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { atoms } from '../../src/pattern/atoms.ts';
import { decide } from '../../src/pattern/decide.ts';
import type { Domain } from '../../src/pattern/domain.ts';
import { splitCommand } from '../../src/pattern/split-command.ts';
import { builtinTarget } from '../../src/target/builtin.ts';
import { compile } from '../../src/target/compile.ts';
import type { Plan as Build, PlannedFile } from '../../src/target/target.ts';
import { policyOf } from '../../src/team/policy.ts';
import type { Role, Team } from '../../src/team/team.ts';
import type { Tool } from '../../src/team/tools.ts';
import { type Answered, type Call, type Plan, type Played, play } from './claude-calls.ts';
import type { ClaudeCode, SessionOptions } from './claude-client.ts';
import { bash, PROJECT, STRANGERS, start, write } from './claude-crew.ts';
import type { Scene } from './claude-prediction.ts';
import { folder, gitInit, PROGRAMS, writeFiles } from './scratch.ts';

/** A team in a folder in which a session can be played. */
export interface Stage {
  readonly team: Team;
  readonly scene: Scene;
  readonly args: readonly string[];
}

/** How a team is put into a folder. */
export interface Setting {
  /** Nobody has said that the folder may be trusted. */
  readonly untrusted?: boolean;
  /** As a plugin that is named when the session begins; the folder holds nothing of the team. */
  readonly plugin?: boolean;
  /** What becomes of the files before they are written. */
  readonly files?: (emitted: readonly PlannedFile[]) => readonly PlannedFile[];
  readonly more?: readonly { readonly path: string; readonly content: string }[];
  readonly links?: readonly (readonly [path: string, to: string])[];
}

/** Compiles a team and writes it where a session can be played. */
export function stage(claude: ClaudeCode, team: Team, setting: Setting = {}): Stage {
  const { plugin = false, untrusted = false, files = (emitted) => emitted, more = [], links = [] } = setting;
  const plan: Build = compile(team, builtinTarget('claude-code')!, plugin ? { form: 'plugin' } : {});
  if (plan.problems.length > 0) throw new Error(plan.problems[0]!.message);
  const project = folder('project');
  gitInit(project);
  writeFiles(project, [...PROJECT, ...more]);
  for (const [path, to] of links) symlinkSync(to, join(project, path));
  const own = plugin ? folder('plugin') : project;
  writeFiles(own, files(plan.files));
  const settingsCount = !plugin && !untrusted;
  const args = plugin ? ['--plugin-dir', own] : [];
  return { team, scene: { plan, project, home: claude.home, settingsCount }, args };
}

/** Programs that may really run: those that only look, and shells and wrappers, which run what is in the same line. */
const HARMLESS = new Set(
  'alias bash cat cd command cp echo env eval exec find function head ls mkdir nice nohup npmx NPM pwd sh source tee terraformer test time timeout true type xargs ['.split(
    ' ',
  ),
);

/** Every call of a shell that is played must be inert, whatever the client makes of it. */
export function isInert({ tool, input }: Call): boolean {
  if (tool !== 'Bash') return true;
  return splitCommand(String(input['command'])).parts.every(({ text, plain }) => {
    const program = (plain ?? text).split(' ')[0]!.replace(/^.*\/stand-ins\//, '');
    return program === '' || /^\$/.test(program) || HARMLESS.has(program) || standsIn(program);
  });
}

function standsIn(program: string): boolean {
  return PROGRAMS.includes(program) && program !== 'node';
}

/** Plays a plan on a stage. */
export function playOn(
  claude: ClaudeCode,
  { scene, args }: Stage,
  plan: Plan,
  more: SessionOptions = {},
): Promise<Played> {
  const wild = allCalls(plan).find((call) => !isInert(call));
  if (wild) throw new Error(`This could really run: ${JSON.stringify(wild.input)}`);
  const env = { BASH_DEFAULT_TIMEOUT_MS: '10000', ...more.env };
  return play(claude, scene.project, plan, { args: [...args, ...(more.args ?? [])], env });
}

function allCalls({ calls, below = [] }: Plan): readonly Call[] {
  return [...calls, ...below.flatMap(allCalls)];
}

/** What every role of a shipped team is asked to do at most. */
const COMMANDS = 14;
const PATHS = 8;

/** A plan for a team as it is shipped: its main role and those that it may start, at the places where their rules differ. */
export function shippedPlan({ team, scene }: Stage, main: Role, idOf: (id: string) => string): Plan {
  const others = [...team.roles.values()]
    .filter(({ id }) => decide(policyOf(main, 'delegate'), id).decision === 'allow')
    .slice(0, 2);
  const roles = [main, ...others];
  const commands = telling(roles, 'shell', 'command').map(bash).filter(isInert).slice(0, COMMANDS);
  const paths = telling(roles, 'edit', 'path').filter((path) => /^[\w.-]+(?:\/[\w.-]+)*$/.test(path));
  const starts = [...[...team.roles.keys()].map(idOf), ...STRANGERS.slice(0, 5), undefined].map(start);
  const planOf = (role: Role): Plan => ({
    agent: idOf(role.id),
    calls: [
      ...commands,
      ...paths.slice(0, PATHS).map((path) => write(`${scene.project}/${path}`)),
      ...starts.filter(({ input }) => !others.some(({ id }) => role === main && idOf(id) === input['subagent_type'])),
    ],
  });
  return { ...planOf(main), below: others.map(planOf) };
}

/** Arguments on which roles are decided differently. */
function telling(roles: readonly Role[], tool: Tool, domain: Domain): readonly string[] {
  const classes = atoms(
    roles.map((role) => policyOf(role, tool)),
    domain,
  );
  return classes === 'undecided' ? [] : classes.map(({ witness }) => witness);
}

/** A call as people write it down. */
export function wordsOf({ agent, call: { tool, input } }: Pick<Answered, 'agent' | 'call'>, project: string): string {
  const argument = input['command'] ?? JSON.stringify(input);
  return `${agent} ${tool} ${String(argument).replaceAll(project, '.')}`;
}

/** Does something for every item, two at a time: the machine that runs this may have no more cores. Nothing runs on when it ends. */
export async function forAll<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  const ended = await Promise.allSettled([worker(), worker()]);
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}

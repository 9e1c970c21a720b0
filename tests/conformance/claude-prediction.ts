import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { decide, matches } from '../../src/pattern/decide.ts';
import { decideCommand } from '../../src/pattern/decide-command.ts';
import { normalizePath } from '../../src/pattern/normal.ts';
import { type Decision, type Dialect, stricter } from '../../src/pattern/policy.ts';
import { splitCommand } from '../../src/pattern/split-command.ts';
import { judge } from '../../src/target/guard/judge.ts';
import type { GuardTable } from '../../src/target/guard/table.ts';
import type { Plan } from '../../src/target/target.ts';
import { policyOf } from '../../src/team/policy.ts';
import type { Role } from '../../src/team/team.ts';
import type { Tool } from '../../src/team/tools.ts';
import type { Call } from './claude-calls.ts';

/** Where a call is made: everything that a prediction may rest on. */
export interface Scene {
  readonly plan: Plan;
  readonly project: string;
  readonly home: string;
  /** Whether what settings.json allows counts: not in a folder that nobody trusted, and a plugin has none. */
  readonly settingsCount: boolean;
}

/** Who makes a call: the name by which the client knows the role, and how deep below the main thread it is. */
export interface Caller {
  readonly name: string;
  readonly depth: number;
}

/** What teamc predicts: the strictest of the guard, by its emitted table, and the client by the emitted settings. */
export function predicted(scene: Scene, caller: Caller, call: Call): Decision {
  const table = JSON.parse(emitted(scene.plan, 'teamc-policy.json')) as GuardTable;
  const where = { project: scene.project, home: scene.home, forks: (skill: string) => doesFork(scene, skill) };
  const hook = { tool_name: call.tool, tool_input: call.input, agent_type: caller.name, cwd: scene.project };
  return stricter(judge(hook, table, where).decision, ofClient(scene, caller, call));
}

/** Whether a skill of the project or of the home folder starts an agent of its own; nothing where there is none. */
function doesFork({ project, home }: Scene, skill: string): boolean | undefined {
  const files = [project, home]
    .map((root) => `${root}/.claude/skills/${skill}/SKILL.md`)
    .filter((file) => existsSync(file));
  return files.length === 0 ? undefined : files.some((file) => readFileSync(file, 'utf8').includes('context: fork'));
}

function emitted({ files }: Plan, name: string): string {
  return files.find(({ path }) => path.endsWith(`/${name}`))?.content ?? '{}';
}

/** Tools that the client has, but not where nobody sits before it. */
const NOT_IN_PRINT_MODE = ['AskUserQuestion', 'TodoWrite'];

/** The tools that an agent has, as its emitted file names them. */
function toolsOf({ plan }: Scene, { name, depth }: Caller): readonly string[] {
  const file = emitted(plan, `${name.replace(/^.*:/, '')}.md`);
  const { tools } = parse(/^---\n(.*?)\n---\n/s.exec(file)![1]!) as { readonly tools: readonly string[] };
  const names = tools.map((tool) => tool.replace(/\(.*/s, ''));
  const bash = names.includes('Bash');
  return names.filter(
    (tool) =>
      !NOT_IN_PRINT_MODE.includes(tool) && !(bash && /^(?:Grep|Glob)$/.test(tool)) && !(tool === 'Agent' && depth > 2),
  );
}

/** What the client decides where no hook says anything. */
function ofClient(scene: Scene, caller: Caller, { tool, input }: Call): Decision {
  if (!toolsOf(scene, caller).includes(tool)) return 'deny';
  const allowed = allowRules(scene);
  const text = (field: string): string => String(input[field] ?? '');
  const orAsk = (yes: boolean): Decision => (yes ? 'allow' : 'ask');
  switch (tool) {
    case 'Agent':
      return 'allow';
    case 'Bash':
      return orAsk(mayRun(scene, text('command')));
    case 'Read':
      return orAsk(pathIn(scene, text('file_path')).inside);
    case 'Grep':
    case 'Glob':
      return orAsk(pathIn(scene, text('path')).inside);
    case 'Edit':
    case 'Write':
      return orAsk(mayEdit(scene, text('file_path')));
    case 'NotebookEdit':
      return orAsk(mayEdit(scene, text('notebook_path')));
    case 'WebFetch':
      return orAsk(allowed.some((rule) => rule === 'WebFetch' || rule === `WebFetch(domain:${hostOf(text('url'))})`));
    case 'Skill':
      return orAsk(allowed.includes('Skill') || allowed.includes(`Skill(${text('skill')})`));
    default:
      return orAsk(allowed.includes(tool));
  }
}

function allowRules({ plan, settingsCount }: Scene): readonly string[] {
  const { permissions } = JSON.parse(emitted(plan, 'settings.json')) as {
    readonly permissions?: { readonly allow?: readonly string[] };
  };
  return settingsCount ? (permissions?.allow ?? []) : [];
}

/** Whether a rule of settings.json allows an argument. */
function allows(scene: Scene, tool: string, dialect: Dialect, argument: string): boolean {
  return allowRules(scene).some((rule) => {
    if (rule === tool) return true;
    const pattern = rule.startsWith(`${tool}(`) ? rule.slice(tool.length + 1, -1) : undefined;
    return pattern !== undefined && matches(dialect, pattern, argument);
  });
}

/** Commands that the client runs unasked wherever they only look at the project. */
const READ_ONLY =
  /^(?:(?:cat|cd|echo|find|head|ls|pwd|test|true|git (?:status|log|diff))(?: (?!.*(?:\.\.|\/etc|~)).*)?)$/;

/** Every part is allowed or only looks, and every file that output goes to may be edited. */
function mayRun(scene: Scene, line: string): boolean {
  const { parts, writes, unsplittable } = splitCommand(line);
  return (
    unsplittable === undefined &&
    parts.every(({ text }) => READ_ONLY.test(text) || allows(scene, 'Bash', 'claude-bash', text)) &&
    writes.every((path) => mayEdit(scene, path))
  );
}

function mayEdit(scene: Scene, path: string): boolean {
  return allows(scene, 'Edit', 'claude-path', pathIn(scene, path).text);
}

/** A path as rules write it: from the project, else from the home folder, else from the root of the disk. */
function pathIn({ project, home }: Scene, path: string): { readonly text: string; readonly inside: boolean } {
  const full = normalizePath(/^\/|^~/.test(path) ? path.replace(/^~(?=\/|$)/, home) : `${project}/${path}`);
  if (full === project) return { text: '.', inside: true };
  if (full.startsWith(`${project}/`)) return { text: full.slice(project.length + 1), inside: true };
  if (full.startsWith(`${home}/`)) return { text: `~/${full.slice(home.length + 1)}`, inside: false };
  return { text: full, inside: false };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

/** Claude Code's tools by the names of the language, and where a call has its argument. */
const TOOLS: Readonly<Record<string, readonly [tool: Tool, field: string]>> = {
  Read: ['read', 'file_path'],
  Grep: ['search', 'path'],
  Glob: ['search', 'path'],
  Edit: ['edit', 'file_path'],
  Write: ['edit', 'file_path'],
  NotebookEdit: ['notebook', 'notebook_path'],
  WebFetch: ['fetch', 'url'],
  WebSearch: ['web-search', 'query'],
  Agent: ['delegate', 'subagent_type'],
  Skill: ['skill', 'skill'],
};

/** What the team itself means: nothing of a platform is in this. No answer for tools that the language does not know. */
export function meant(scene: Scene, role: Role, { tool, input }: Call): Decision | undefined {
  if (tool === 'Bash') {
    const line = String(input['command']).replaceAll(`${scene.project}/`, '');
    return decideCommand(policyOf(role, 'shell'), line, policyOf(role, 'edit')).decision;
  }
  const called = /^mcp__ledger_2_0__(.+)$/.exec(tool);
  if (called) return decide(policyOf(role, 'mcp'), `ledger 2.0/${called[1]}`).decision;
  const known = TOOLS[tool];
  if (!known) return undefined;
  const [own, field] = known;
  const value = input[field] ?? (own === 'delegate' ? 'general-purpose' : own === 'search' ? '.' : '');
  const isPath = field.endsWith('path');
  const argument = isPath ? pathIn(scene, String(value)).text : String(value);
  const policy = policyOf(role, own);
  // A search of a folder looks at what is in it.
  const inside = own === 'search' && argument !== '.' ? decide(policy, `${argument}/x`).decision : 'allow';
  return stricter(inside, decide(policy, argument).decision);
}

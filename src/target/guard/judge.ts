import { normalizePath } from '../../pattern/normal.ts';
import { type Decision, stricter } from '../../pattern/policy.ts';
import { splitCommand } from '../../pattern/split-command.ts';
import { type Kind, matchesPattern } from './match.ts';
import type { GuardList, GuardRole, GuardTable, HookInput, Surroundings, Verdict } from './table.ts';

/** A call in the words of the language. */
interface Call {
  readonly tool: string;
  readonly kind: Kind;
  /** The argument, and other ways of writing it: a path in the home folder has two. */
  readonly forms: readonly string[];
}

/** Claude Code's tools: the tool of the language, how its argument is matched, and where the argument stands. */
const TOOLS: Readonly<Record<string, readonly [tool: string, kind: Kind, ...fields: readonly string[]]>> = {
  Bash: ['shell', 'command', 'command'],
  Read: ['read', 'path', 'file_path'],
  Grep: ['search', 'path', 'path'],
  Glob: ['search', 'path', 'path'],
  Edit: ['edit', 'path', 'file_path'],
  Write: ['edit', 'path', 'file_path'],
  MultiEdit: ['edit', 'path', 'file_path'],
  NotebookEdit: ['notebook', 'path', 'notebook_path'],
  WebFetch: ['fetch', 'url', 'url'],
  WebSearch: ['web-search', 'name', 'query'],
  Agent: ['delegate', 'name', 'subagent_type'],
  Task: ['delegate', 'name', 'subagent_type'],
  Skill: ['skill', 'name', 'skill', 'command', 'name'],
  AskUserQuestion: ['ask-user', 'name'],
  TodoWrite: ['todo', 'name'],
};

/** Tools that start agents by other ways than an edge of the team: no role has them. */
const BYPASSES: ReadonlySet<string> = new Set(['Workflow', 'SendMessage']);

const NOTHING: Verdict = { decision: 'allow', because: '' };

/** What the guard says of a call. Throws where the call or the table is not what it should be; the caller then denies. */
export function judge(input: HookInput, table: GuardTable, where: Surroundings): Verdict {
  const name = input.agent_type;
  const role = name === undefined ? undefined : ownRole(table, name);
  if (!role) return table.closed ? { decision: 'deny', because: outsider(name) } : NOTHING;
  if (BYPASSES.has(input.tool_name))
    return { decision: 'deny', because: `${input.tool_name} would pass by the team's edges` };
  const call = callOf(input, where);
  if (!call) return NOTHING;
  return call.kind === 'command' ? judgeCommand(role, call.forms[0]!, input.cwd, where) : judgeOne(role, call);
}

function ownRole({ roles }: GuardTable, name: string): GuardRole | undefined {
  return Object.hasOwn(roles, name) ? roles[name] : undefined;
}

function outsider(name: string | undefined): string {
  return name === undefined ? 'only agents of the team work here' : `"${name}" is not an agent of the team`;
}

function callOf({ tool_name: name, tool_input: input, cwd }: HookInput, where: Surroundings): Call | undefined {
  if (name.startsWith('mcp__')) {
    const [, server = '', ...rest] = name.split('__');
    return { tool: 'mcp', kind: 'name', forms: [`${server}/${rest.join('__')}`] };
  }
  const known = Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
  if (!known) return undefined;
  const [tool, kind, ...fields] = known;
  const value = fields.map((field) => input[field]).find((one) => one !== undefined && one !== null);
  if (value !== undefined && typeof value !== 'string') throw new Error(`The argument of ${name} is not a text`);
  const argument = value ?? (tool === 'delegate' ? 'general-purpose' : '');
  return { tool, kind, forms: kind === 'path' ? pathForms(argument, cwd, where) : [argument] };
}

/** A path as the language writes it: from the project's root, else from the root of the disk and from the home folder. */
function pathForms(path: string, cwd: string | undefined, { project, home }: Surroundings): readonly string[] {
  const forward = path.replaceAll('\\', '/');
  const tilde = /^~(?=\/|$)/.test(forward) ? home + forward.slice(1) : forward;
  const absolute = /^(?:\/|[A-Za-z]:)/.test(tilde);
  const full = normalizePath(absolute ? tilde : `${(cwd ?? project).replaceAll('\\', '/')}/${tilde}`);
  const below = (root: string): string | undefined =>
    full === root ? '.' : full.startsWith(`${root}/`) ? full.slice(root.length + 1) : undefined;
  const inside = below(normalizePath(project));
  if (inside !== undefined) return [inside];
  const atHome = below(normalizePath(home));
  return atHome === undefined ? [full] : [full, atHome === '.' ? '~' : `~/${atHome}`];
}

/** A command line is as allowed as the least allowed of its parts; a redirection is also an edit of its file. */
function judgeCommand(role: GuardRole, line: string, cwd: string | undefined, where: Surroundings): Verdict {
  const { parts, writes, unsplittable } = splitCommand(line);
  const readings = parts.flatMap(({ text, plain }) => [text, ...(plain ? [plain] : [])]);
  const verdicts: Verdict[] = [
    ...(readings.length > 0 ? readings : ['']).map((part) =>
      judgeOne(role, { tool: 'shell', kind: 'command', forms: [part] }),
    ),
    ...writes.map((path) => judgeOne(role, { tool: 'edit', kind: 'path', forms: pathForms(path, cwd, where) })),
  ];
  if (parts.some(({ assignments }) => assignments))
    verdicts.push({ decision: 'ask', because: 'a leading assignment may change what the command does' });
  if (unsplittable !== undefined) verdicts.push({ decision: 'ask', because: unsplittable });
  return verdicts.reduce((worst, verdict) => (stricterThan(verdict, worst) ? verdict : worst), NOTHING);
}

function judgeOne(role: GuardRole, { tool, kind, forms }: Call): Verdict {
  const lists = Object.hasOwn(role.tools, tool) ? role.tools[tool] : undefined;
  if (!lists) return { decision: 'deny', because: `this role does not have the tool ${tool}` };
  return lists
    .map((list) => decideIn(list, kind, forms, tool))
    .reduce((worst, verdict) => (stricterThan(verdict, worst) ? verdict : worst), NOTHING);
}

/** The last rule that matches decides. */
function decideIn({ rules, otherwise }: GuardList, kind: Kind, forms: readonly string[], tool: string): Verdict {
  const rule = rules.findLast(([pattern]) => forms.some((form) => matchesPattern(kind, pattern, form)));
  if (!rule) return { decision: otherwise, because: `no rule of this role for ${tool} covers "${forms[0]}"` };
  const [pattern, decision, because] = rule;
  return { decision, because: `${decision} ${tool}:${pattern}${because ? ` (${because})` : ''}` };
}

function stricterThan(a: Verdict, b: Verdict): boolean {
  return a.decision !== b.decision && stricter(a.decision, b.decision) === a.decision;
}

/** The decision on a call, for tests that hold the guard and the permission engine equal. */
export function decisionOf(role: GuardRole, tool: string, kind: Kind, argument: string): Decision {
  return judgeOne(role, { tool, kind, forms: [argument] }).decision;
}

import { normalizePath } from '../../pattern/normal.ts';
import { type Decision, stricter } from '../../pattern/policy.ts';
import { splitCommand } from '../../pattern/split-command.ts';
import { type Kind, matchesPattern } from './match.ts';
import type { GuardList, GuardRole, GuardTable, HookInput, Surroundings, Verdict } from './table.ts';

/** A call in the words of the language. */
interface Call {
  readonly tool: string;
  readonly kind: Kind;
  /** The argument, and other ways of writing it: a path in the home folder has two. A rule for one is a rule for all. */
  readonly forms: readonly string[];
  /** What the call reaches besides; the strictest answer holds. */
  readonly also?: readonly (readonly string[])[];
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
  if (call.kind === 'command') return judgeCommand(role, call.forms[0]!, input.cwd, where);
  return strictest([
    judgeOne(role, call),
    ...(call.also ?? []).map((forms) => judgeOne(role, { ...call, forms })),
    ...(call.tool === 'skill' ? [judgeFork(call.forms[0]!, where)] : []),
  ]);
}

/** A skill that forks starts an agent that no rule of the team binds. */
function judgeFork(skill: string, { forks }: Surroundings): Verdict {
  const found = forks?.(skill);
  if (found === true) return { decision: 'deny', because: `the skill ${skill} starts an agent outside the team` };
  if (found === false) return NOTHING;
  return { decision: 'ask', because: `whether the skill ${skill} starts an agent of its own can't be seen` };
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
  if (kind === 'url') return { tool, kind, forms: [argument], also: otherUrls(argument) };
  if (kind !== 'path') return { tool, kind, forms: [argument] };
  const forms = pathForms(argument, cwd, where);
  return { tool, kind, forms, ...(tool === 'search' ? { also: searched(input, argument, cwd, where) } : {}) };
}

/** A search of a folder looks at what is in it, and a glob pattern at what it spells out. */
function searched(
  { pattern, glob }: HookInput['tool_input'],
  path: string,
  cwd: string | undefined,
  where: Surroundings,
): readonly (readonly string[])[] {
  const spelled = [pattern, glob].filter((text) => typeof text === 'string' && text.includes('/')) as string[];
  const inside = path === '' ? [] : [`${path}/x`];
  const below = spelled.map((text) => (/^(?:\/|~|[A-Za-z]:)/.test(text) || path === '' ? text : `${path}/${text}`));
  return [...inside, ...below].map((one) => pathForms(one, cwd, where));
}

/** Other ways of writing a URL: as a browser does, and with the safe scheme. */
function otherUrls(url: string): readonly (readonly string[])[] {
  if (!URL.canParse(url)) return [];
  const { href } = new URL(url);
  return [...new Set([href, href.replace(/^http:/, 'https:')])].filter((form) => form !== url).map((form) => [form]);
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
  const readings = parts.flatMap(({ text, plain }) => [text, plain ?? '']).filter((reading) => reading !== '');
  const nothing = parts.length === 0 && writes.length === 0 && unsplittable === undefined;
  const verdicts: Verdict[] = [
    ...(nothing ? [''] : readings).map((part) => judgeOne(role, { tool: 'shell', kind: 'command', forms: [part] })),
    ...writes.map((path) => judgeOne(role, { tool: 'edit', kind: 'path', forms: pathForms(path, cwd, where) })),
  ];
  if (parts.some(({ assignments }) => assignments !== ''))
    verdicts.push({ decision: 'ask', because: 'a leading assignment may change what the command does' });
  if (unsplittable !== undefined) verdicts.push({ decision: 'ask', because: unsplittable });
  return strictest(verdicts);
}

function judgeOne(role: GuardRole, { tool, kind, forms }: Call): Verdict {
  const lists = Object.hasOwn(role.tools, tool) ? role.tools[tool] : undefined;
  if (!lists) return { decision: 'deny', because: `this role does not have the tool ${tool}` };
  return strictest(lists.map((list) => decideIn(list, kind, forms, tool)));
}

function strictest(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((worst, verdict) => (stricterThan(verdict, worst) ? verdict : worst), NOTHING);
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

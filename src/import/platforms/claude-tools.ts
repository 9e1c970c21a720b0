import { own } from '../../text/own.ts';

/** What a tool of Claude Code is in the language; several of its names are one tool here. */
const MEANING: Readonly<Record<string, string>> = {
  Read: 'read',
  NotebookRead: 'read',
  Grep: 'search',
  Glob: 'search',
  LS: 'search',
  Edit: 'edit',
  Write: 'edit',
  MultiEdit: 'edit',
  NotebookEdit: 'notebook',
  Bash: 'shell',
  PowerShell: 'shell',
  BashOutput: 'shell',
  KillShell: 'shell',
  KillBash: 'shell',
  TaskStop: 'shell',
  TaskOutput: 'shell',
  Monitor: 'shell',
  WebFetch: 'fetch',
  WebSearch: 'web-search',
  AskUserQuestion: 'ask-user',
  TodoWrite: 'todo',
  TodoRead: 'todo',
  TaskCreate: 'todo',
  TaskGet: 'todo',
  TaskList: 'todo',
  TaskUpdate: 'todo',
  Skill: 'skill',
  SlashCommand: 'skill',
};

/** Names that Claude Code 2.1.328 knows and the language has no word for. */
const OTHERS: ReadonlySet<string> = new Set([
  ...['CronCreate', 'CronDelete', 'CronList', 'EnterWorktree', 'ExitWorktree', 'ListAgents', 'ReportFindings'],
  ...['ScheduleWakeup', 'SendMessage', 'ToolSearch', 'Workflow', 'EnterPlanMode', 'ExitPlanMode', 'LSP', 'Artifact'],
  ...['ListMcpResourcesTool', 'ReadMcpResourceTool', 'ReadMcpResourceDirTool', 'RemoteTrigger', 'PushNotification'],
  ...['SendUserMessage', 'SendUserFile', 'EndConversation', 'WaitForMcpServers', 'ProposeGoal', 'Projects'],
  ...['SendFeedback', 'ReadNotifications', 'Brief'],
]);

/** Names that earlier versions knew; 2.1.328 drops them without a word. */
const GONE: ReadonlySet<string> = new Set([
  ...['MultiEdit', 'LS', 'NotebookRead', 'TodoRead', 'SlashCommand', 'BashOutput', 'TaskOutput', 'AgentOutput'],
  ...['ExitPlanModeV2', 'TeamCreate', 'TeamDelete'],
]);

/** One entry of `tools`, split and understood. */
export interface ClaudeTool {
  /** As it is written. */
  readonly entry: string;
  /** The name without what stands in brackets. */
  readonly name: string;
  /** What stands in brackets. */
  readonly argument?: string;
  /** The tool of the language; `delegate` for the one that starts agents, and `all`. */
  readonly means?: string;
  /** What Claude Code makes of the name: it knows it, knew it once, or never did. */
  readonly known: 'yes' | 'gone' | 'no';
  /** Where the entry stands: its number in a list, and its offset in a text. */
  readonly index?: number;
  readonly offset?: number;
}

/** Splits `tools` as Claude Code does: a list, or a text with commas or blanks, where brackets hold together. */
export function claudeTools(value: unknown): readonly ClaudeTool[] | undefined {
  if (value === null || value === undefined) return [];
  if (typeof value === 'string')
    return [...value.matchAll(ENTRY)].map((match) => toolOf(match[0], { offset: match.index }));
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item, index) =>
    typeof item === 'string' ? [...item.matchAll(ENTRY)].map((match) => toolOf(match[0], { index })) : [],
  );
}

const ENTRY = /[^\s,()]+(?:\([^()]*\))?/g;

function toolOf(entry: string, where: Pick<ClaudeTool, 'index' | 'offset'>): ClaudeTool {
  const [, name = entry, argument] = /^([^(]*)(?:\((.*)\))?$/.exec(entry) ?? [];
  return {
    entry,
    name,
    ...(argument === undefined ? {} : { argument }),
    ...meaningOf(name),
    known: GONE.has(name) ? 'gone' : isKnown(name) ? 'yes' : 'no',
    ...where,
  };
}

function meaningOf(name: string): Pick<ClaudeTool, 'means'> {
  if (name === '*') return { means: 'all' };
  if (name === 'Task' || name === 'Agent') return { means: 'delegate' };
  const mcp = /^mcp__(.+?)(?:__(.+))?$/.exec(name);
  if (name.startsWith('mcp__'))
    return { means: mcp?.[1] === '*' || !mcp ? 'mcp' : `mcp:${mcp[1]}${mcp[2] && mcp[2] !== '*' ? `/${mcp[2]}` : ''}` };
  const tool = own(MEANING, name);
  return tool === undefined ? {} : { means: tool };
}

function isKnown(name: string): boolean {
  return (
    name === '*' ||
    name === 'Task' ||
    name === 'Agent' ||
    name.startsWith('mcp__') ||
    Object.hasOwn(MEANING, name) ||
    OTHERS.has(name)
  );
}

/** The name of Claude Code that is probably meant by one that it does not know: it tells capitals apart. */
export function claudeToolMeant(name: string): string | undefined {
  const plain = name.toLowerCase().replace(/[_-]/g, '');
  const spelled = [...Object.keys(MEANING), ...OTHERS, 'Agent'].find((known) => known.toLowerCase() === plain);
  return spelled !== undefined && !GONE.has(spelled) ? spelled : own(SYNONYMS, plain);
}

const SYNONYMS: Readonly<Record<string, string>> = {
  writefile: 'Write',
  readfile: 'Read',
  editfile: 'Edit',
  shell: 'Bash',
  terminal: 'Bash',
  search: 'Grep',
  fetch: 'WebFetch',
  todo: 'TodoWrite',
  delegate: 'Agent',
  subagent: 'Agent',
  multiedit: 'Edit',
  ls: 'Glob',
  todoread: 'TodoWrite',
};

/** The tools of the language that a list of Claude Code's names stands for, each once, in the order of first mention. */
export function toolsMeant(tools: readonly ClaudeTool[]): readonly string[] {
  return [...new Set(tools.flatMap(({ means }) => (means === undefined || means === 'delegate' ? [] : [means])))];
}

import { delegatesOf } from '../../analysis/delegates.ts';
import { hasTool } from '../../team/policy.ts';
import type { Role } from '../../team/team.ts';
import { TOOLS, type Tool } from '../../team/tools.ts';
import { own } from '../../text/own.ts';
import { isPlain } from '../usable.ts';

/** Tools of Claude Code that start other work or reach out, and for which the language has no word of its own. */
const WIDENING: ReadonlySet<string> = new Set([
  ...['Workflow', 'SendMessage', 'CronCreate', 'CronDelete', 'ScheduleWakeup', 'RemoteTrigger', 'PushNotification'],
  ...['SendUserMessage', 'SendUserFile', 'Projects', 'ProposeGoal', 'SendFeedback', 'Artifact', 'PowerShell', 'Skill'],
  ...['Bash', 'Edit', 'Write', 'NotebookEdit', 'WebFetch', 'WebSearch', 'Read', 'Grep', 'Glob', 'AskUserQuestion'],
]);

/** Older names, and the name that does the same now. */
const OLD: Readonly<Record<string, string>> = {
  MultiEdit: 'Edit',
  LS: 'Glob',
  NotebookRead: 'Read',
  TodoRead: 'TodoWrite',
  BashOutput: 'Bash',
  KillShell: 'Bash',
  KillBash: 'Bash',
};

/** A list of tools that a role writes for Claude Code itself, as far as it gives no more than its tools in the language. */
export interface ExactTools {
  /** Nothing where every tool is meant, and the key is left out. */
  readonly tools: readonly string[] | undefined;
  readonly refused: readonly string[];
}

/**
 * The list that a role gives under `targets`, without what would widen it. `inherit` leaves the key out, and so gives
 * every tool: only to a role that has them all, without a rule that denies a call.
 */
export function exactTools(role: Role, given: unknown, granted: readonly string[]): ExactTools | undefined {
  if (given === 'inherit') return hasEverything(role) ? { tools: undefined, refused: [] } : undefined;
  const list = typeof given === 'string' ? given.split(/,\s*/) : given;
  if (!Array.isArray(list) || !list.every((entry) => typeof entry === 'string')) return undefined;
  const fits = (entry: string): boolean => {
    const name = /^[^(]*/.exec(entry)![0];
    if (name === 'Agent' || name === 'Task') return delegatesOf(role).length > 0 || hasEverything(role);
    if (name === '*') return hasEverything(role);
    if (name.startsWith('mcp__')) return granted.includes(name) || hasEverything(role);
    return granted.includes(own(OLD, name) ?? name) || !WIDENING.has(own(OLD, name) ?? name);
  };
  return { tools: list.filter(fits), refused: list.filter((entry) => !fits(entry)) };
}

function hasEverything(role: Role): boolean {
  return (Object.keys(TOOLS) as Tool[]).every(
    (tool) => tool === 'delegate' || (hasTool(role, tool) && isOpen(role, tool)),
  );
}

/** No rule of the role denies a call of a tool; what it asks about, the settings ask about too. */
function isOpen(role: Role, tool: Tool): boolean {
  return isPlain(role, tool) || role.rules.every((rule) => rule.tool !== tool || rule.decision !== 'deny');
}

/** Keys of an author's own that an import kept: Claude Code ignores what it does not know. */
export function keptKeys(role: Role): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(role.fields).flatMap(([key, value]) =>
      key.startsWith('x-') && !KNOWN.has(key.slice(2)) ? [[key.slice(2), value]] : [],
    ),
  );
}

/** What would be read as something else than a key of the author's own. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['name', 'description', 'tools', 'disallowedTools', 'model', 'permissionMode', 'maxTurns', 'effort', 'skills'],
  ...['mcpServers', 'hooks', 'memory', 'background', 'isolation', 'omitClaudeMd', 'color', 'initialPrompt'],
  ...['autoCompactWindow', 'observer', 'observerMessage', 'observeSubagents', 'observeToolResults', 'experimental'],
  ...['opencode', 'roo', 'roo-commander', 'claude-code', 'PreToolUse', 'PermissionRequest'],
]);

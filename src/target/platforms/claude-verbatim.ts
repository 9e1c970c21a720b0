import { claudeTools, toolsMeant } from '../../import/platforms/claude-tools.ts';
import { hasTool } from '../../team/policy.ts';
import type { Role } from '../../team/team.ts';
import { TOOLS, type Tool } from '../../team/tools.ts';
import { isPlain } from '../usable.ts';

/** Tools of Claude Code that reach out or start other work, and that the guard does not look at. */
const WIDENING: ReadonlySet<string> = new Set([
  ...['CronCreate', 'CronDelete', 'ScheduleWakeup', 'RemoteTrigger', 'PushNotification', 'SendUserMessage'],
  ...['SendUserFile', 'Projects', 'ProposeGoal', 'SendFeedback', 'Artifact', 'PowerShell'],
]);

/** A list of tools that a role writes for Claude Code itself, as far as it gives no more than its tools in the language. */
export interface ExactTools {
  /** Nothing where every tool is meant, and the key is left out. */
  readonly tools: readonly string[] | undefined;
  readonly refused: readonly string[];
}

/**
 * The list that a role gives under `targets`, without what would widen it. `inherit` leaves the key out, and so gives
 * every tool: only to a role that has them all but those that it denies in the file itself.
 */
export function exactTools(role: Role, given: unknown, denied: unknown): ExactTools | undefined {
  const without = new Set(toolsMeant(claudeTools(denied) ?? []));
  if (given === 'inherit') return hasEverything(role, without) ? { tools: undefined, refused: [] } : undefined;
  const list = typeof given === 'string' ? given.split(/,\s*/) : given;
  if (!Array.isArray(list) || !list.every((entry) => typeof entry === 'string')) return undefined;
  // The guard denies each role what it lacks, of the tools that it looks at.
  const fits = (entry: string): boolean => !WIDENING.has(entry) && (entry !== '*' || hasEverything(role, without));
  return { tools: list.filter(fits), refused: list.filter((entry) => !fits(entry)) };
}

function hasEverything(role: Role, without: ReadonlySet<string>): boolean {
  return (Object.keys(TOOLS) as Tool[]).every(
    (tool) => tool === 'delegate' || without.has(tool) || (hasTool(role, tool) && isOpen(role, tool)),
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

import { delegatesOf, reachedFrom } from '../../analysis/delegates.ts';
import type { Role, Team } from '../../team/team.ts';
import { TOOLS, type Tool } from '../../team/tools.ts';
import { own } from '../../text/own.ts';
import type { Feature } from '../features.ts';
import { guard } from '../generated/guard.ts';
import type { GuardTable } from '../guard/table.ts';
import { unnamedServers } from '../left-out.ts';
import { summaryNote, summaryOf } from '../summary.ts';
import type { Claim, Lowered, Lowering, Platform } from '../target.ts';
import { isPlain, usable } from '../usable.ts';
import type { RoleView } from '../view.ts';
import { allowedInSettings, claimFor, enforcedFor, guardTable, serverTool } from './claude-policy.ts';
import { type ExactTools, exactTools, keptKeys } from './claude-verbatim.ts';

/** The colours that Claude Code 2.1.328 accepts; any other value is silently dropped. */
const COLOURS: Readonly<Record<string, string>> = {
  red: 'red',
  blue: 'blue',
  green: 'green',
  yellow: 'yellow',
  purple: 'purple',
  orange: 'orange',
  pink: 'pink',
  cyan: 'cyan',
  violet: 'purple',
  magenta: 'pink',
  teal: 'cyan',
  brown: 'orange',
};

/** How an agent is told to others that is to be used unasked: the platform's own words. */
const EAGER = 'Use PROACTIVELY.';

/** Fields of an agent file that a role may set under `targets`; each leaves the role with the same or less. */
const FIELDS: ReadonlySet<string> = new Set([
  'disallowedTools',
  'effort',
  'isolation',
  'background',
  'omitClaudeMd',
  'initialPrompt',
  'autoCompactWindow',
]);

/** Fields that mean nothing in the agents of a plugin. */
const IGNORED_IN_PLUGINS: ReadonlySet<string> = new Set(['permissionMode', 'initialPrompt']);

/** Permission modes that ask at least as much as the default one. */
const CAREFUL_MODES: ReadonlySet<unknown> = new Set(['default', 'plan', 'dontAsk', 'manual']);

/** What Claude Code 2.1.328 takes for a name, and a file can be called. */
const NAME = /^(?![-/.])(?!.*(?:\/|\/\.\.?)(?:\/|$))[^:\\\p{Cc}]{1,200}$/u;

/** Claude Code: explicit tools, no rules of its own for a single role. */
export const claudeCode: Platform = {
  /** An agent of a plugin is known by its full name only. */
  reference: (id, team, form) => (form === 'plugin' ? `${pluginName(team)}:${id}` : id),
  /** Names may hold blanks and capitals; a role that was imported keeps the one that it had. */
  id({ fields }) {
    const { name } = (fields.targets?.['claude-code'] ?? {}) as Readonly<Record<string, unknown>>;
    return typeof name === 'string' && NAME.test(name) ? name : undefined;
  },
  lower(view, role, context) {
    const { name: _, tools, ...extra } = view.extra;
    const granted = toolsOf(role, context);
    // An agent without a description is not loaded, and where it was to be the main one, another takes its place.
    const summary = summaryOf({ ...view, description: view.description || view.name }, EAGER);
    const exact = tools === undefined ? undefined : exactTools(role, tools, extra['disallowedTools']);
    const { fields, refused } = ownFields(extra, role, context.form === 'plugin');
    return {
      view: {
        summary: view.verbatim ? (role.fields.description ?? view.name) : summary,
        notes: view.notes + summaryNote(view, summary, EAGER),
        claudeTools: exact ? exact.tools : granted,
        claudeColor: view.verbatim ? view.color : (own(COLOURS, view.color.toLowerCase()) ?? ''),
        claudeFields: view.verbatim ? { ...fields, ...keptKeys(role) } : fields,
      },
      claims: claimsOf(view, role, context.form === 'plugin'),
      leftOut: unnamedServers(role),
      refused: [...refused, ...refusedTools(tools, exact)],
    };
  },
  lowerTeam(team, context) {
    const main = mainRole(context);
    const table = guardTable(team, context.idOf, context.settings['closed'] === true);
    return {
      view: {
        plugin: pluginName(team),
        version: team.definition.version ?? '0.0.0',
        main: main ? context.idOf(main) : '',
        allow: allowedInSettings(team),
        matcher: GUARDED,
        guard: guard.trimEnd(),
        policy: printTable(table),
      },
    };
  },
  enforced: enforcedFor,
};

/** A plugin's name is in lower case, with hyphens. */
function pluginName({ name }: Team): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'team'
  );
}

/** The calls that the guard looks at, as a regular expression over tool names. */
const GUARDED =
  '^(Bash|Read|Grep|Glob|Edit|Write|MultiEdit|NotebookEdit|WebFetch|WebSearch|Agent|Task|Skill|AskUserQuestion|TodoWrite|Workflow|SendMessage|mcp__.*)$';

/** The table with one line for each role, so that a change of one role is a change of one line. */
function printTable({ roles, ...head }: GuardTable): string {
  const rows = Object.entries(roles).map(([id, role]) => `    ${JSON.stringify(id)}: ${JSON.stringify(role)}`);
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "roles": {\n${rows.join(',\n')}\n  }\n}`;
}

/** The role of the main thread: the one the team names for Claude Code, else the only entry. */
export function mainRole({ team, settings }: Lowering): Role | undefined {
  const named = settings['main'];
  if (typeof named === 'string') return team.roles.get(named);
  return team.entries.length === 1 ? team.entries[0] : undefined;
}

/**
 * The tools by Claude Code's names. A tool whose every call is denied is left out. The main role's `Agent` names every
 * role that can be reached, because the main thread's list holds for all agents below it.
 */
function toolsOf(role: Role, context: Lowering): readonly string[] {
  const { manifest, idOf } = context;
  const names = (Object.keys(TOOLS) as Tool[])
    .filter((tool) => tool !== 'delegate' && tool !== 'mcp' && usable(role, tool))
    .flatMap((tool) => manifest.tools?.[tool] ?? []);
  const agents = role === mainRole(context) ? reachedFrom(role) : delegatesOf(role);
  return [
    ...new Set([...names, ...mcpTools(role), ...(agents.length > 0 ? [`Agent(${agents.map(idOf).join(', ')})`] : [])]),
  ];
}

/** MCP tools: the servers and tools that are named; the whole of `mcp` is every server that the role lists. */
function mcpTools(role: Role): readonly string[] {
  if (!usable(role, 'mcp')) return [];
  return role.grants
    .filter(({ tool }) => tool === 'mcp')
    .flatMap(({ pattern }) => (pattern === undefined ? Object.keys(role.fields['mcp-servers'] ?? {}) : [pattern]))
    .map(serverTool);
}

function refusedTools(given: unknown, exact: ExactTools | undefined): NonNullable<Lowered['refused']> {
  if (given === undefined || (exact && exact.refused.length === 0)) return [];
  const what = exact ? exact.refused.join(', ') : `"${String(given)}"`;
  return [{ field: 'tools', because: `${what} would give more than the tools of the role` }];
}

function ownFields(
  extra: RoleView['extra'],
  role: Role,
  inPlugin: boolean,
): {
  fields: Readonly<Record<string, unknown>>;
  refused: NonNullable<Lowered['refused']>;
} {
  const fields: Record<string, unknown> = {};
  const refused: { field: string; because: string }[] = [];
  for (const [field, value] of Object.entries(extra)) {
    const because = refusal(field, value, role, inPlugin);
    if (because === undefined) fields[field] = value;
    else if (!field.startsWith('x-')) refused.push({ field, because });
  }
  return { fields, refused };
}

/** Why a field of the platform's own is not passed on; nothing where it is. */
function refusal(field: string, value: unknown, role: Role, inPlugin: boolean): string | undefined {
  if (inPlugin && IGNORED_IN_PLUGINS.has(field)) return 'Claude Code ignores it in plugins';
  if (FIELDS.has(field)) return undefined;
  if (field === 'permissionMode')
    return CAREFUL_MODES.has(value) ? undefined : `"${String(value)}" would widen what the role may do`;
  if (field === 'memory')
    return usable(role, 'read') && usable(role, 'edit') ? undefined : 'It would add Read, Write and Edit to the tools';
  if (field === 'mcpServers' && usable(role, 'mcp')) return undefined;
  return 'teamc does not pass this field on to agent files';
}

function unshown(color: string, nearest: string | undefined): string {
  const instead = nearest === undefined ? '' : `; ${nearest} takes its place`;
  return `Claude Code knows no colour "${color}"${instead}`;
}

function claimsOf(view: RoleView, role: Role, inPlugin: boolean): ReadonlyMap<Feature, Claim> {
  const claims = new Map<Feature, Claim>();
  for (const tool of Object.keys(TOOLS) as Tool[]) {
    if (!isPlain(role, tool) || tool === 'delegate') claims.set(`permissions.${tool}`, claimFor(role, tool, inPlugin));
  }
  const color = own(COLOURS, view.color.toLowerCase());
  if (view.color && color !== view.color.toLowerCase())
    claims.set('color', { level: 'lost', because: unshown(view.color, color) });
  if (role.fields.model !== undefined && !view.model)
    claims.set('model', { level: 'lost', because: `"${role.fields.model}" has no name for Claude Code` });
  return claims;
}

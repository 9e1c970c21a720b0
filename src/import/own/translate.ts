import { colorNamed } from '../../team/colors.ts';
import type { Place } from '../../text/place.ts';
import { Draft } from '../draft.ts';
import { keepForTarget } from '../fields.ts';
import type { FoundAgent } from '../found.ts';
import { claudeTools, toolsMeant } from '../platforms/claude-tools.ts';
import { covers, serverTools } from '../platforms/opencode-permissions.ts';
import { type Notes, summaryIn, titleIn, usesIn } from './head.ts';
import { ownPrompt } from './prompt.ts';
import { fieldsOf, TITLES } from './sections.ts';
import type { Named } from './words.ts';

/** A draft of an agent whose file teamc wrote, and what the whole team has by its sections. */
export interface OwnDraft {
  readonly draft: Draft;
  readonly named: Named;
  readonly escalation?: unknown;
}

/** Reads a file back that teamc wrote; nothing where it did not. */
export function ownDraft(agent: FoundAgent): OwnDraft | undefined {
  const text = agent.prompt.at(-1)?.text;
  const prompt = text === undefined ? undefined : ownPrompt(text, TITLES);
  if (!prompt) return undefined;
  const draft = new Draft(agent);
  const named: Named = { people: new Set(), groups: new Map() };
  const { escalation, parts, without, ...fields } = fieldsOf(prompt.sections, named);
  const at = agent.prompt.at(-1)!.place(0, text!.length);
  const head: Fields = {
    ...titleOf(prompt.title, agent.id, prompt.notes),
    ...HEADS[agent.platform]?.(agent, prompt.notes),
  };
  setAll(draft, { ...head, tools: limited(head['tools'], parts, without) }, agent.place([]), 'front matter');
  setAll(draft, fields, at, 'section that teamc wrote');
  if (prompt.instructions !== '') {
    draft.fields['instructions'] = prompt.instructions;
    draft.say(['instructions'], at);
  }
  for (const key of PASSED[agent.platform] ?? [])
    if (agent.data[key] !== undefined) keepForTarget(draft, agent.platform, key, agent.data[key]);
  return { draft, named, ...(escalation === undefined ? {} : { escalation }) };
}

/** The tools that the platform gives, without those that the role does not have, or has parts of only. */
function limited(tools: unknown, parts: unknown, without: unknown): unknown {
  if (!Array.isArray(tools)) return tools;
  const own = Array.isArray(parts) ? parts : [];
  const other = new Set([...own, ...(Array.isArray(without) ? without : [])].map(toolIn));
  return [...tools.filter((tool) => !other.has(toolIn(tool))), ...own];
}

function toolIn(tool: unknown): string | undefined {
  return String(tool).split(':')[0];
}

function setAll(draft: Draft, fields: Fields, at: Place, from: string): void {
  for (const [field, value] of Object.entries(fields)) if (value !== undefined) draft.set(field, value, at, { from });
}

/** Fields that teamc passes on as they are. */
const PASSED: Readonly<Partial<Record<FoundAgent['platform'], readonly string[]>>> = {
  'claude-code': [
    'effort',
    'isolation',
    'background',
    'omitClaudeMd',
    'initialPrompt',
    'autoCompactWindow',
    'permissionMode',
    'disallowedTools',
    'memory',
    'mcpServers',
  ],
  opencode: ['variant', 'top_p', 'hidden', 'disable', 'options'],
};

const HEADS: Readonly<Partial<Record<FoundAgent['platform'], (agent: FoundAgent, notes: Notes) => Fields>>> = {
  'claude-code': claudeHead,
  opencode: opencodeHead,
  roo: rooHead,
};

type Fields = Readonly<Record<string, unknown>>;

/** The icon and the name; a name that is the id was not given. */
function titleOf(title: string, id: string, notes: Notes): Fields {
  const { icon, name } = titleIn(title, notes);
  return { ...(name === id ? {} : { name }), ...(icon === undefined ? {} : { icon }) };
}

/** What others read of the role when they choose. */
function summary(text: unknown, eager: string, notes: Notes): Fields {
  if (typeof text !== 'string') return {};
  const { description, use, proactive } = summaryIn(text, eager, notes);
  return {
    ...(description === '' ? {} : { description }),
    ...(use === '' ? {} : { 'when-to-use': usesIn(use, notes) }),
    ...(proactive ? { proactive } : {}),
  };
}

function claudeHead({ data, inherited }: FoundAgent, notes: Notes): Fields {
  const row = inherited?.['policy'] as PolicyRow | undefined;
  const skills = data['skills'];
  return {
    ...summary(data['description'], 'Use PROACTIVELY.', notes),
    ...(typeof data['color'] === 'string' ? { color: data['color'] } : {}),
    ...(typeof data['model'] === 'string' ? { model: data['model'] } : {}),
    ...(Number.isInteger(data['maxTurns']) ? { 'max-turns': data['maxTurns'] } : {}),
    ...(Array.isArray(skills) ? { skills } : {}),
    tools: row ? toolsInPolicy(row) : toolsMeant(claudeTools(data['tools']) ?? []),
  };
}

/** A row of the guard's table: for each tool its lists of rules. */
interface PolicyRow {
  readonly tools: Readonly<
    Record<
      string,
      readonly {
        readonly rules: readonly (readonly [pattern: string, decision: string])[];
        readonly otherwise: string;
      }[]
    >
  >;
}

/** The tools of a row; of those with two lists, the first says which part the role has. */
function toolsInPolicy({ tools }: PolicyRow): readonly string[] {
  return Object.entries(tools).flatMap(([tool, lists]) => {
    if (tool === 'delegate') return [];
    const [part] = lists;
    if (lists.length < 2 || !part) return [tool];
    return part.rules.filter(([, decision]) => decision === 'allow').map(([pattern]) => `${tool}:${pattern}`);
  });
}

/** The keys of a permission block, and the tools that they stand for. */
const KEYS: Readonly<Record<string, string>> = {
  read: 'read',
  glob: 'search',
  edit: 'edit',
  bash: 'shell',
  webfetch: 'fetch',
  websearch: 'web-search',
  question: 'ask-user',
  todowrite: 'todo',
  skill: 'skill',
};

/** The key of an MCP server's tools. */
const SERVER = /^(?!external_directory$|doom_loop$).+_/s;

function opencodeHead({ data }: FoundAgent, notes: Notes): Fields {
  const permission = (
    typeof data['permission'] === 'object' && data['permission'] !== null ? data['permission'] : {}
  ) as Fields;
  const servers = Object.keys(permission).filter((key) => SERVER.test(key));
  // Narrower keys come from rules; what was granted covers them.
  const granted = servers.filter((key) => !servers.some((other) => other !== key && covers(other, key)));
  const tools = Object.keys(permission).flatMap((key) => {
    const tool = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    if (tool !== undefined) return [tool];
    return granted.includes(key) ? [`mcp:${serverTools(key)}`] : [];
  });
  // Folders outside are limited by the rules for reading: the role has the tool, and its rules leave no call.
  const unread =
    typeof permission['external_directory'] === 'object' && permission['read'] === undefined ? ['read'] : [];
  return {
    ...summary(data['description'], 'Use it without being asked.', notes),
    ...(typeof data['color'] === 'string' ? { color: colorNamed(data['color']) } : {}),
    ...(typeof data['model'] === 'string' ? { model: data['model'] } : {}),
    ...(typeof data['temperature'] === 'number' ? { temperature: data['temperature'] } : {}),
    ...(Number.isInteger(data['steps']) ? { 'max-turns': data['steps'] } : {}),
    ...(typeof data['mode'] === 'string' ? { mode: data['mode'] } : {}),
    tools: [...tools, ...unread],
  };
}

/** What every mode of Roo has, whatever its groups. */
const EVERY_MODE = ['ask-user', 'switch-role', 'todo', 'skill'];

function rooHead({ data }: FoundAgent, notes: Notes): Fields {
  const groups = Array.isArray(data['groups'])
    ? data['groups'].map((group: unknown) => String(Array.isArray(group) ? group[0] : group))
    : [];
  const tools = [
    ...(groups.includes('read') ? ['read', 'search'] : []),
    ...(groups.includes('edit') ? ['edit'] : []),
    ...(groups.includes('command') ? ['shell'] : []),
    ...(groups.includes('mcp') ? ['mcp'] : []),
    ...EVERY_MODE,
  ];
  const description = typeof data['description'] === 'string' ? data['description'] : undefined;
  const isSaid = notes.lengths ? notes.lengths[1] > 0 : data['whenToUse'] !== description;
  const use = typeof data['whenToUse'] === 'string' && isSaid ? usesIn(data['whenToUse'], notes) : undefined;
  return {
    ...(description === undefined || description === '' ? {} : { description }),
    ...(use === undefined ? {} : { 'when-to-use': use }),
    tools,
  };
}

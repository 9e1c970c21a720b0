import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Document } from '../../document/document.ts';
import { readJsonLoosely } from '../../document/json.ts';
import type { Pointer } from '../../text/place.ts';
import type { Source } from '../../text/source.ts';
import { type AgentFile, passageOf, plainDocument, promptOf, readAgentFile } from '../agent-file.ts';
import { Draft } from '../draft.ts';
import { commonFields, keepForTarget, keepUnknown, take } from '../fields.ts';
import type { PlatformFile, ReadFile } from '../files.ts';
import type { Found, FoundAgent } from '../found.ts';
import { bears, fitId, Ids, stemOf } from '../ids.ts';
import { span, tell } from '../tell.ts';
import { claudeFieldProblems } from './claude-fields.ts';
import { type ClaudeView, claudeView } from './claude-front-matter.ts';
import { hookProblems } from './claude-hooks.ts';
import { type ClaudeTool, claudeTools, toolsMeant } from './claude-tools.ts';

/** Files that lie beside agents and are none. */
const COMPANIONS = /^(?:readme|changelog|contributing|licen[cs]e|claude|agents|index|notice|security|todo)$/i;

/** Reads Claude Code's agents: `.claude/agents/**`, and the `agents/` folders of plugins. */
export function readClaudeCode(files: readonly ReadFile[]): Found {
  const policy = policyIn(files);
  const ids = new Ids();
  const first = new Map<string, string>();
  const agents: FoundAgent[] = [];
  const documents = new Map<string, Document>();
  const problems: Diagnostic[] = [];
  for (const file of files) {
    if (file.kind !== 'agent') continue;
    if ('problem' in file) {
      problems.push(file.problem);
      continue;
    }
    documents.set(file.path, plainDocument(file.source));
    const read = readAgentFile(file.source);
    if (!read.header) {
      problems.push(...(COMPANIONS.test(stemOf(file.path)) ? [companion(file.source)] : claudeView(read).problems));
      continue;
    }
    const view = claudeView(read);
    const agent = withPolicy(agentOf(read, file, ids, view), policy);
    agents.push(agent);
    problems.push(...problemsOf(read, file, agent, view), ...twice(agent, first));
  }
  return { agents, documents, problems };
}

/** The rows of the guard's table, where teamc wrote one. */
function policyIn(files: readonly ReadFile[]): Readonly<Record<string, unknown>> {
  const file = files.find(({ kind }) => kind === 'policy');
  const roles = file && 'source' in file ? readJsonLoosely(file.source.text).data['roles'] : undefined;
  return typeof roles === 'object' && roles !== null ? (roles as Record<string, unknown>) : {};
}

function withPolicy(agent: FoundAgent, policy: Readonly<Record<string, unknown>>): FoundAgent {
  const name = agent.name ?? agent.id;
  return Object.hasOwn(policy, name) ? { ...agent, inherited: { policy: policy[name] } } : agent;
}

function companion({ path, text }: Source): Diagnostic {
  return tell(
    'platform-drops-file',
    'info',
    span(path, [0, Math.max(0, text.search(/\r?\n|$/))]),
    'Claude Code loads no agent from this file, and it does not look as if it should: it was left out.',
  );
}

/** An agent as Claude Code reads it; as its author meant it, where Claude Code loads nothing or reads less. */
function agentOf(read: AgentFile, file: PlatformFile, ids: Ids, view: ClaudeView): FoundAgent {
  const { source, header } = read;
  const data = (view.isCut ? undefined : view.data) ?? header?.data ?? {};
  const given = typeof data['name'] === 'string' ? data['name'].trim() : '';
  const id = ids.take(fitId(given) || fitId(stemOf(file.path)));
  const place: FoundAgent['place'] = (pointer: Pointer, on) =>
    header ? { ...span(source.path, header.locate(pointer, on)) } : span(source.path, [0, 0]);
  return {
    id,
    ...(given !== '' && given !== id ? { name: given } : {}),
    platform: 'claude-code',
    file: source.path,
    data,
    place,
    ...(header ? { header: passageOf(source, header.range) } : {}),
    prompt: promptOf(read),
  };
}

function problemsOf(
  read: AgentFile,
  file: PlatformFile,
  agent: FoundAgent,
  { data, problems }: ClaudeView,
): readonly Diagnostic[] {
  const guards = data && file.dialect !== 'plugin' ? hookProblems(agent, data) : [];
  const told = [...problems, ...(data ? nameProblems(data, file, agent) : []), ...guards].map((problem) => ({
    ...problem,
    role: agent.id,
  }));
  const mended = (read.header?.broken && data ? [read.header.broken] : []).map(({ reason, offset, lax }) =>
    tell(
      'front-matter-repaired',
      'warning',
      span(agent.file, lineAround(read.source.text, offset)),
      lax
        ? `Claude Code takes this as it was taken here, but other readers refuse the file: ${reason}.`
        : `This is no YAML (${reason}); Claude Code puts the value in quotes and reads on, as was done here, but other readers refuse the file.`,
      { help: lax ? 'Leave out what stands twice, and tags.' : 'Put the value in double quotes.', role: agent.id },
    ),
  );
  return [...told, ...mended, ...claudeFieldProblems(agent, file)];
}

/** The line that an offset lies in. */
function lineAround(text: string, offset: number): readonly [number, number] {
  const at = Math.min(offset, text.length);
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.slice(start).search(/\r?\n|$/);
  return [start, start + Math.min(Math.max(end, 0), 80)];
}

/** Names and descriptions without which Claude Code loads nothing. */
function nameProblems(
  data: Readonly<Record<string, unknown>>,
  file: PlatformFile,
  agent: FoundAgent,
): readonly Diagnostic[] {
  const at = agent.place(['name']);
  const dropped = (message: string, help: string, where = at) => [
    tell('platform-drops-file', 'error', where, message, { help }),
  ];
  const { name, description } = data;
  const top = span(agent.file, [0, 3]);
  if (typeof name !== 'string' || name.trim() === '')
    return dropped(...namelessness(name), name === undefined ? top : at);
  const why = unloadable(name);
  if (why !== undefined) return dropped(`Claude Code loads no agent whose name ${why}.`, 'Give it another name.');
  if (file.dialect === 'plugin' || (typeof description === 'string' && description.trim() !== '')) return [];
  return dropped(
    'There is no `description`, so Claude Code loads no agent from this file.',
    'Say in a sentence what the agent is for.',
    description === undefined ? top : agent.place(['description']),
  );
}

function namelessness(name: unknown): readonly [message: string, help: string] {
  return [
    name === undefined || name === null
      ? 'The front matter has no `name`, so Claude Code takes the file for a document and loads no agent from it.'
      : 'The `name` is no text, so Claude Code loads no agent from this file.',
    'Write a name in small letters with hyphens, in quotes if it is a number.',
  ];
}

/** What keeps Claude Code from loading an agent of some name, as the end of a sentence. */
function unloadable(name: string): string | undefined {
  if (name.normalize('NFKC').includes(':')) return 'holds a colon';
  if (name.startsWith('-')) return 'begins with a hyphen';
  return name.length > 256 ? 'is longer than 256 characters' : undefined;
}

/** Two agents of one name: Claude Code loads one of them. */
function twice(agent: FoundAgent, first: Map<string, string>): readonly Diagnostic[] {
  const name = String(agent.data['name'] ?? '');
  const other = first.get(name);
  if (name === '' || other === undefined) {
    first.set(name, agent.file);
    return [];
  }
  return [
    tell(
      'platform-drops-file',
      'warning',
      agent.place(['name']),
      `Claude Code loads one of the two agents called "${name}".`,
      {
        related: [{ at: span(other, [0, 3]), message: 'The other stands here' }],
        help: 'Give one of them another name.',
        role: agent.id,
      },
    ),
  ];
}

/** Fields that teamc hands through to Claude Code as they are, or keeps beside the role. */
const OWN = [
  ...['permissionMode', 'effort', 'mcpServers', 'hooks', 'memory', 'background', 'isolation', 'omitClaudeMd'],
  ...['initialPrompt', 'autoCompactWindow', 'observer', 'observerMessage', 'observeSubagents', 'observeToolResults'],
  'experimental',
];

/** An agent of Claude Code in the words of the language. */
export function translateClaudeCode(agent: FoundAgent): Draft {
  const draft = new Draft(agent);
  const { data } = agent;
  if (typeof data['name'] === 'string') draft.understood.add('name');
  if (agent.name !== undefined) {
    draft.set('name', agent.name, agent.place(['name']));
    if (bears(agent.id, fitId(agent.name))) keepForTarget(draft, 'claude-code', 'name', agent.name, ['name']);
  }
  if (typeof data['model'] === 'string' && data['model'] !== '') take(draft, 'model', 'model', data['model']);
  translateTools(draft);
  commonFields(draft);
  const skills = typeof data['skills'] === 'string' ? data['skills'].split(/[,\s]+/).filter(Boolean) : data['skills'];
  if (Array.isArray(skills) && skills.every((skill) => typeof skill === 'string'))
    take(draft, 'skills', 'skills', skills);
  for (const key of OWN) if (data[key] !== undefined) keepForTarget(draft, 'claude-code', key, data[key]);
  keepUnknown(draft);
  instructions(draft);
  return draft;
}

/** Every tool of the language that Claude Code has. */
const ALL = [
  'read',
  'search',
  'edit',
  'shell',
  'fetch',
  'web-search',
  'ask-user',
  'todo',
  'skill',
  'notebook',
  'browser',
  'mcp',
  'switch-role',
  'complete',
];

function translateTools(draft: Draft): void {
  const { data, place } = draft.agent;
  const { tools: given, disallowedTools: without } = data;
  const listed = given === undefined ? undefined : claudeTools(isMap(given) ? given['allowed'] : given);
  const tools = granted(listed, new Set(toolsMeant(claudeTools(without) ?? [])));
  if (!isMap(given)) draft.understood.add('tools');
  if (given === undefined) {
    draft.set('tools', whole(tools), place([]), { from: 'no `tools`, which is every tool' });
    draft.say(['tools'], place([]), place([]));
  } else {
    draft.set('tools', whole(tools), place(['tools']));
    draft.say(['tools'], place(['tools']), place(['tools'], 'key'));
  }
  for (const [index, tool] of tools.entries()) {
    const entry = listed?.find(({ means }) => means === tool);
    if (entry) draft.say(['tools', index], placeOfEntry(draft, entry));
  }
  keepExact(
    draft,
    given,
    listed?.map(({ entry }) => entry),
  );
  if (without !== undefined) keepForTarget(draft, 'claude-code', 'disallowedTools', without);
}

/** `all` alone needs no list. */
function whole(tools: readonly string[]): string | readonly string[] {
  return tools.length === 1 && tools[0] === 'all' ? 'all' : tools;
}

/** The tools of the language that a list grants, without those that are taken away again. */
function granted(listed: readonly ClaudeTool[] | undefined, denied: ReadonlySet<string>): readonly string[] {
  const everything = listed === undefined || listed.some(({ means }) => means === 'all');
  const all = denied.size > 0 ? ALL : ['all'];
  return (everything ? all : toolsMeant(listed)).filter((tool) => !denied.has(tool));
}

/** The list as it stands, which the build keeps to: other names for a tool, and no way to start agents where none is listed. */
function keepExact(draft: Draft, given: unknown, entries: readonly string[] | undefined): void {
  if (given === undefined) keepForTarget(draft, 'claude-code', 'tools', 'inherit', []);
  else if (entries !== undefined && !isMap(given)) keepForTarget(draft, 'claude-code', 'tools', entries, ['tools']);
}

/** Where an entry of `tools` stands: an item of a list, or a part of a text. */
export function placeOfEntry(
  draft: Pick<Draft, 'agent'>,
  { entry, index, offset }: { readonly entry: string; readonly index?: number; readonly offset?: number },
  key = 'tools',
) {
  const { agent } = draft;
  if (index !== undefined) return agent.place([key, index]);
  const at = agent.place([key]);
  if (offset === undefined || !at.span) return at;
  const quoted =
    typeof agent.data[key] === 'string' && at.span[1] - at.span[0] > String(agent.data[key]).length ? 1 : 0;
  const start = at.span[0] + quoted + offset;
  return span(agent.file, [start, start + entry.length]);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts of an agent, whole, as the role's instructions. */
export function instructions(draft: Draft): void {
  const { prompt } = draft.agent;
  if (prompt.length === 0) return;
  const text = prompt.map((passage) => passage.text).join('\n\n');
  draft.fields['instructions'] = text;
  const longest = prompt.reduce((best, passage) => (passage.text.length > best.text.length ? passage : best));
  draft.say(['instructions'], longest.place(0, longest.text.length));
}

import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Document } from '../../document/document.ts';
import { readJsonLoosely } from '../../document/json.ts';
import { type AgentFile, plainDocument, readAgentFile } from '../agent-file.ts';
import { Draft } from '../draft.ts';
import { commonFields, keepForTarget, keepUnknown, take } from '../fields.ts';
import type { ReadFile } from '../files.ts';
import type { Found, FoundAgent } from '../found.ts';
import { bears, fitId, Ids } from '../ids.ts';
import type { Common, RelationsOf } from '../reader.ts';
import { tell } from '../tell.ts';
import { instructions } from './claude-code.ts';
import { opencodeFieldProblems } from './opencode-checks.ts';
import { filePart, fileProblems } from './opencode-file.ts';
import { mergedAgent, mergeProblems, type OpencodePart, overlaid } from './opencode-merge.ts';
import { covers, OPEN_RULES, OPEN_TOOLS, rulesIn, translateRules } from './opencode-permissions.ts';
import { entryOf, type Settings, settingsOf } from './opencode-settings.ts';

/**
 * Reads opencode's agents: Markdown files below `agent(s)` and `mode(s)`, and the maps `agent` and `mode` of opencode.json.
 * What several places of one project say of an agent is one agent.
 */
export function readOpencode(files: readonly ReadFile[]): Found {
  const texts = new Map(
    files.flatMap((file) => (file.kind === 'rules' && 'source' in file ? [[file.path, file.source] as const] : [])),
  );
  const settings = files.flatMap((file) =>
    file.kind === 'settings' && 'source' in file ? [{ file, read: settingsOf(file.source, texts) }] : [],
  );
  const inherited = settings
    .map(({ read: { data } }) =>
      Object.fromEntries(SHARED.flatMap((key) => (data[key] === undefined ? [] : [[key, data[key]]]))),
    )
    .reduce(overlaid, {});
  const own = apart(
    files.flatMap((file) =>
      file.kind === 'agent' && 'source' in file ? [partOf(readAgentFile(file.source), file, inherited)] : [],
    ),
  );
  const entries = (key: 'agent' | 'mode') =>
    settings.flatMap(({ file, read }) => entriesOf(read, file, key, inherited));
  const ids = new Ids();
  const made = inOneAgent(own, [...entries('agent'), ...own, ...entries('mode')]).map((placed) => {
    const parts = placed.map(({ part }) => part) as [OpencodePart, ...OpencodePart[]];
    return agentOf(ids.take(fitId(parts[0].called, true)), parts, placed);
  });
  return {
    agents: made.map(({ agent }) => agent),
    documents: new Map<string, Document>([
      ...own.map(({ part: { file }, read }) => [file, plainDocument(read!.source)] as const),
      ...settings.map(({ read: { source } }) => [source.path, plainDocument(source, 'yaml')] as const),
      ...[...texts].map(([path, source]) => [path, plainDocument(source)] as const),
    ]),
    problems: [
      ...files.flatMap((file) => ('problem' in file ? [file.problem] : [])),
      ...made.flatMap(({ problems }) => problems),
      ...settings.flatMap(({ read }) => read.problems),
    ],
  };
}

/** What settings say for every agent. */
const SHARED = ['permission', 'tools'];

/** A part of an agent, the project whose opencode or Kilo Code reads it, and for a file what was read in it. */
interface Placed {
  readonly part: OpencodePart;
  readonly reader: string;
  readonly read?: AgentFile;
  /** The folder of agents that it lies in, for a file. */
  readonly folder?: string;
  /** Another file of the folder that defines the same agent. */
  readonly twin?: OpencodePart;
}

/**
 * Which of two files of one folder opencode reads last is left to the disk, so that they are not put together: each is an
 * agent.
 */
function apart(own: readonly Placed[]): readonly Placed[] {
  const first = new Map<string, OpencodePart>();
  return own.map((placed) => {
    const key = `${placed.folder}\n${placed.part.called}`;
    const twin = first.get(key);
    if (!twin) first.set(key, placed.part);
    return twin ? { ...placed, twin } : placed;
  });
}

/** The parts of each agent in the order in which they are loaded: agents that have a file of their own first. */
function inOneAgent(first: readonly Placed[], loaded: readonly Placed[]): readonly (readonly Placed[])[] {
  const keyOf = ({ reader, part, twin }: Placed): string => `${reader}\n${part.called}${twin ? `\n${part.file}` : ''}`;
  const groups = new Map<string, Placed[]>([...first, ...loaded].map((placed) => [keyOf(placed), []]));
  for (const placed of loaded) groups.get(keyOf(placed))!.push(placed);
  return [...groups.values()].filter((group) => !group.every(adjusts));
}

/** Settings that only adjust an agent which opencode brings make no agent. */
function adjusts({ part, read }: Placed): boolean {
  return read === undefined && !part.speaks && BUILTINS.has(part.called);
}

const BUILTINS: ReadonlySet<string> = new Set([
  'build',
  'plan',
  'general',
  'explore',
  'title',
  'summary',
  'compaction',
]);

function agentOf(
  id: string,
  parts: readonly [OpencodePart, ...OpencodePart[]],
  placed: readonly Placed[],
): { readonly agent: FoundAgent; readonly problems: readonly Diagnostic[] } {
  const problems = placed.flatMap(({ part, read, twin }) => {
    const alone = mergedAgent(id, [part]);
    return [
      ...(twin ? [twice(id, part, twin)] : []),
      ...(read ? fileProblems(read, alone) : opencodeFieldProblems(alone)),
    ];
  });
  return { agent: mergedAgent(id, parts), problems: [...problems, ...mergeProblems(id, parts)] };
}

function twice(id: string, part: OpencodePart, twin: OpencodePart): Diagnostic {
  return tell(
    'platform-drops-file',
    'warning',
    part.place(typeof part.data['name'] === 'string' ? ['name'] : []),
    `opencode makes one agent of the two files that call it "${part.called}", and takes the prompt of the one that the disk lists last.`,
    {
      related: [{ at: twin.place([]), message: 'The other stands here' }],
      help: 'Give one of them another name.',
      role: id,
    },
  );
}

/** Whose project a file is read in: two files of one project define one agent, and those of two projects never do. */
function readerOf({ path, inner, dialect }: ReadFile): string {
  const folder = path.endsWith(inner) ? path.slice(0, -inner.length) : '';
  const root = folder.replace(/(?:agents?|modes?)\/$/, '').replace(/\.(?:opencode|kilo)\/$/, '');
  return `${dialect === 'kilo' ? 'kilo' : 'opencode'} ${root}`;
}

/** The agents that settings define under one of their keys. */
function entriesOf(
  read: Settings,
  file: ReadFile,
  key: 'agent' | 'mode',
  inherited: Readonly<Record<string, unknown>>,
): readonly Placed[] {
  return Object.entries(mapIn(read.data[key])).map(([name, entry]) => ({
    part: entryOf(name, key, mapIn(entry), read, inherited),
    reader: readerOf(file),
  }));
}

function partOf(read: AgentFile, file: ReadFile, inherited: Readonly<Record<string, unknown>>): Placed {
  return {
    read,
    reader: readerOf(file),
    folder: file.path.slice(0, -file.inner.length),
    part: filePart(read, file, inherited),
  };
}

function mapIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** Fields that mean something to opencode alone. */
const OWN = ['variant', 'top_p', 'hidden', 'disable', 'options'];

/** An agent of opencode in the words of the language. */
export function translateOpencode(agent: FoundAgent): Draft {
  const draft = new Draft(agent);
  const { data } = agent;
  takeName(draft);
  draft.understood.add('name').add('permission').add('tools');
  if (typeof data['model'] === 'string' && data['model'] !== '') take(draft, 'model', 'model', data['model']);
  if (['primary', 'subagent', 'all'].includes(data['mode'] as string)) take(draft, 'mode', 'mode', data['mode']);
  else if (data['mode'] === undefined) draft.set('mode', 'all', agent.place([]), { from: 'no `mode`, which is all' });
  const turns = data['steps'] === undefined ? 'maxSteps' : 'steps';
  if (Number.isInteger(data[turns]) && Number(data[turns]) > 0) take(draft, turns, 'max-turns', data[turns]);
  translateRules(draft, [
    ...rulesIn(agent.inherited ?? {}, () => agent.place([])),
    ...rulesIn(data, (pointer) => agent.place(pointer)),
  ]);
  keepRest(draft);
  commonFields(draft);
  for (const key of OWN) if (data[key] !== undefined) keepForTarget(draft, 'opencode', key, data[key]);
  keepUnknown(draft);
  instructions(draft);
  return draft;
}

function takeName(draft: Draft): void {
  const { id, name, data, place } = draft.agent;
  if (name === undefined) return;
  draft.set('name', name, place(typeof data['name'] === 'string' ? ['name'] : []));
  if (bears(id, fitId(name, true))) keepForTarget(draft, 'opencode', 'name', name, ['name']);
}

/** Rules that the language has no word for, kept beside the role. */
function keepRest(draft: Draft): void {
  const permission = mapIn(draft.agent.data['permission']);
  const rest = Object.fromEntries(
    Object.entries(permission).filter(([key]) =>
      ['external_directory', 'doom_loop', 'lsp', 'write', 'patch', 'apply_patch', 'multiedit'].includes(key),
    ),
  );
  if (Object.keys(rest).length > 0) draft.fields['x-permission'] = rest;
  const { tools } = draft.agent.data;
  if (tools !== undefined && Object.keys(mapIn(tools)).length === 0) draft.fields['x-tools'] = tools;
}

/** What opencode gives every agent: all tools, unasked. */
export function commonOpencode(files: readonly ReadFile[], foreign: boolean): Common {
  const main = files
    .flatMap((file) =>
      file.kind === 'settings' && 'source' in file ? [readJsonLoosely(file.source.text).data['default_agent']] : [],
    )
    .find((name) => typeof name === 'string');
  const entry = main === undefined || foreign ? {} : { entry: [main] };
  if (!foreign) return { definition: entry, mappings: [], documents: [], problems: [] };
  return {
    definition: { 'tool-groups': { opencode: [...OPEN_TOOLS] }, permissions: { 'opencode-defaults': OPEN_RULES } },
    mappings: [],
    comments: [
      {
        pointer: ['permissions', 'opencode-defaults'],
        text: 'opencode asks before nothing that an agent has no rule for.',
      },
    ],
    documents: [],
    problems: [],
  };
}

/** Who is to hand work on and may not, or may not as deep as that. */
export function checkOpencode(drafts: readonly Draft[], relations: RelationsOf): readonly Diagnostic[] {
  return drafts.flatMap(({ agent }) => {
    const rules = [
      ...rulesIn(agent.inherited ?? {}, () => agent.place([])),
      ...rulesIn(agent.data, (pointer) => agent.place(pointer)),
    ];
    const denied = relations(agent.id).find(({ type, resolution, pattern }) => {
      if (type !== 'delegates-to' || pattern === 'permission' || !('id' in resolution)) return false;
      const last = rules.findLast((rule) => covers(rule.key, 'task') && covers(rule.pattern, resolution.id));
      return last?.action === 'deny';
    });
    if (!denied) return [];
    return [
      tell(
        'delegates-without-tool',
        'warning',
        denied.at,
        `${agent.id} is to hand work to ${denied.target}, and its rules for \`task\` deny that.`,
        {
          help: 'Allow it under `permission`, `task`, or leave the handing over to whoever starts it.',
          role: agent.id,
        },
      ),
    ];
  });
}

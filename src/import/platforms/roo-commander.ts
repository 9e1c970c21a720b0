import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Document } from '../../document/document.ts';
import type { Place } from '../../text/place.ts';
import { type AgentFile, passageOf, plainDocument, promptOf, readAgentFile } from '../agent-file.ts';
import { Draft } from '../draft.ts';
import { commonFields, keepUnknown, take } from '../fields.ts';
import type { ReadFile } from '../files.ts';
import type { Found, FoundAgent, Passage } from '../found.ts';
import { fitId, Ids, stemOf } from '../ids.ts';
import { span, stopped, tell } from '../tell.ts';
import { pathGlobs } from './opencode-patterns.ts';
import { describe, valuePassage } from './roo.ts';

/** Reads Roo Commander's modes: `*.mode.md` with front matter in YAML or TOML, and a section of metadata in prose. */
export function readRooCommander(files: readonly ReadFile[]): Found {
  const agents: FoundAgent[] = [];
  const documents = new Map<string, Document>();
  const problems: Diagnostic[] = [];
  const ids = new Ids();
  for (const file of files) {
    if ('problem' in file) {
      problems.push(file.problem);
      continue;
    }
    if (file.kind !== 'agent') continue;
    documents.set(file.path, plainDocument(file.source));
    const read = readAgentFile(file.source);
    const agent = agentOf(read, ids);
    agents.push(agent);
    if (read.header?.broken) problems.push(repaired(read, agent));
  }
  return { agents, documents, problems };
}

function repaired({ source, header }: AgentFile, agent: FoundAgent): Diagnostic {
  const { reason, offset } = header!.broken!;
  const what = header!.format === 'toml' ? 'TOML' : 'YAML';
  return tell(
    'front-matter-repaired',
    'warning',
    stopped(source, offset),
    `This is no ${what} (${reason}); ${what === 'TOML' ? 'its keys could not be read, and the text below was' : 'what was meant was guessed'}.`,
    {
      help: 'Mend the front matter.',
      role: agent.id,
    },
  );
}

function agentOf(read: AgentFile, ids: Ids): FoundAgent {
  const { source, header } = read;
  const data = header?.data ?? {};
  const given = [data['slug'], data['id']].find((value) => typeof value === 'string' && value !== '') as
    | string
    | undefined;
  const name = typeof data['name'] === 'string' ? data['name'].trim() : '';
  const id = ids.take(fitId(given ?? '') || fitId(stemOf(source.path)) || fitId(name));
  const prompt = data['system_prompt'];
  return {
    id,
    ...(name !== '' && name !== id ? { name } : {}),
    platform: 'roo-commander',
    file: source.path,
    data,
    place: (pointer, on) => (header ? span(source.path, header.locate(pointer, on)) : span(source.path, [0, 0])),
    ...(header ? { header: passageOf(source, header.range) } : {}),
    prompt: [
      ...(typeof prompt === 'string' && prompt.trim() !== '' && header
        ? [valuePassage(prompt, source, header.locate(['system_prompt']))]
        : []),
      ...promptOf(read),
    ],
  };
}

/** What the abstract groups of tools bring; both generations of names. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  read: ['read', 'search'],
  edit: ['edit'],
  write: ['edit'],
  search: ['search'],
  command: ['shell'],
  execution: ['shell'],
  mcp: ['mcp'],
  browser: ['browser'],
  file_management: ['read', 'edit'],
  code_analysis: ['read', 'search'],
  communication: ['ask-user'],
  ask: ['ask-user'],
  planning: ['todo'],
  completion: ['complete'],
  complete: ['complete'],
  switch: ['switch-role'],
  delegation: [],
  delegate: [],
  new_task: [],
};

/** A mode of Roo Commander in the words of the language. */
export function translateRooCommander(agent: FoundAgent): Draft {
  const draft = new Draft(agent);
  const { data } = agent;
  draft.understood.add('slug').add('id').add('name').add('system_prompt');
  if (agent.name !== undefined) draft.set('name', agent.name, agent.place(['name']));
  const mission = data['system_prompt'];
  if (typeof mission === 'string' && mission.trim() !== '') take(draft, 'system_prompt', 'mission', mission.trim());
  if (typeof data['description'] !== 'string' && typeof data['summary'] === 'string' && data['summary'] !== '')
    take(draft, 'summary', 'description', data['summary']);
  if (typeof data['classification'] === 'string') take(draft, 'classification', 'level', data['classification']);
  if (typeof data['domain'] === 'string' && data['domain'] !== '') take(draft, 'domain', 'department', data['domain']);
  commonFields(draft);
  describe(draft, 'system_prompt');
  metadata(draft);
  fileAccess(draft);
  labels(draft);
  toolGroups(draft);
  keepUnknown(draft);
  const texts = agent.prompt.slice(draft.fields['mission'] === undefined ? 0 : 1);
  if (texts.length > 0) {
    draft.fields['instructions'] = texts.map(({ text }) => text).join('\n\n');
    draft.say(['instructions'], texts.at(-1)!.place(0, texts.at(-1)!.text.length));
  }
  return draft;
}

/** `[metadata]` of the TOML generation. */
function metadata(draft: Draft): void {
  const { data, place } = draft.agent;
  const map = data['metadata'];
  if (typeof map !== 'object' || map === null) return;
  for (const field of ['tags', 'categories'] as const) {
    const value = (map as Readonly<Record<string, unknown>>)[field];
    if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string' && item !== ''))
      draft.set(field, value, place(['metadata', field]));
  }
}

/** `[file_access]`: what may be read and written. */
function fileAccess(draft: Draft): void {
  const { data, place } = draft.agent;
  const map = data['file_access'];
  if (typeof map !== 'object' || map === null) return;
  const rules = (['read', 'edit'] as const).flatMap((tool) => {
    const key = tool === 'read' ? 'read_allow' : 'write_allow';
    const list = (map as Readonly<Record<string, unknown>>)[key];
    if (!Array.isArray(list) || list.length === 0 || list.some((item) => typeof item !== 'string' || item === ''))
      return [];
    const globs = [
      ...new Set(
        (list as string[]).flatMap((pattern) =>
          pattern === '**/*' ? ['*'] : pattern.includes('**') ? [pattern] : pathGlobs(pattern).patterns,
        ),
      ),
    ];
    return [{ [tool]: [{ deny: '*' }, { [tool === 'read' ? 'allow' : 'ask']: globs }] }];
  });
  if (rules.length > 0) draft.set('permissions', rules, place(['file_access']));
}

/** A label in bold on a line of its own, and the list below it. */
const LABEL =
  /^\*\*([A-Z][\w /]+?):\*\*[ \t]*(\S[^\n]*)?$((?:\n(?:[ \t]*[-*][ \t][^\n]*|[ \t]*#(?!#)[^\n]*|[ \t]*)(?=\n|$))*)/gm;

interface Labelled {
  readonly items: readonly string[];
  readonly at: Place;
}

/** The lists of the prose generation's section "Metadata", by their labels in small letters. */
function labelled({ prompt }: FoundAgent): ReadonlyMap<string, Labelled> {
  const found = new Map<string, Labelled>();
  for (const passage of prompt)
    for (const [label, list] of labelsIn(passage)) if (!found.has(label)) found.set(label, list);
  return found;
}

function labelsIn(passage: Passage): readonly (readonly [string, Labelled])[] {
  const start = /^#{1,3}[ \t]+Metadata[ \t]*$/m.exec(passage.text);
  if (!start) return [];
  const text = passage.text.slice(start.index);
  return [...text.matchAll(LABEL)].map((match) => {
    const from = start.index + match.index;
    const items = [
      ...(match[2] ? match[2].split(',') : []),
      ...(match[3] ?? '').split('\n').flatMap((line) => /^[ \t]*[-*][ \t]+(.+)$/.exec(line)?.[1] ?? []),
    ];
    const plain = items
      .map((item) =>
        item
          .replace(/\s#\s.*$/, '')
          .replace(/[`*]/g, '')
          .trim(),
      )
      .filter((item) => item !== '' && !/^(?:none|n\/a)$/i.test(item));
    return [
      match[1]!.toLowerCase(),
      { items: plain, at: passage.place(from, from + match[0].trimEnd().length) },
    ] as const;
  });
}

function labels(draft: Draft): void {
  const found = labelled(draft.agent);
  for (const field of ['tags', 'categories'] as const) {
    const list = found.get(field);
    if (list && list.items.length > 0 && draft.fields[field] === undefined)
      draft.set(field, list.items, list.at, { from: `label "${field}"` });
  }
  const stack = found.get('stack');
  if (stack && stack.items.length > 0)
    draft.set('stack', Object.fromEntries(stack.items.map((item) => [item, '*'])), stack.at, { from: 'label "Stack"' });
  const model = found
    .get('api configuration')
    ?.items.map((item) => /^model:\s*(\S+)$/.exec(item)?.[1])
    .find((name) => name !== undefined);
  if (model !== undefined && draft.fields['model'] === undefined)
    draft.set('model', model, found.get('api configuration')!.at, { from: 'label "API Configuration"' });
}

function toolGroups(draft: Draft): void {
  const { data, place } = draft.agent;
  const given = data['allowed_tool_groups'];
  const list = Array.isArray(given)
    ? { items: given.filter((item): item is string => typeof item === 'string'), at: place(['allowed_tool_groups']) }
    : labelled(draft.agent).get('tool groups');
  const all = ['read', 'edit', 'command', 'mcp', 'browser'];
  const tools = [
    ...new Set((list?.items ?? all).flatMap((group) => (Object.hasOwn(GROUPS, group) ? GROUPS[group]! : []))),
  ];
  draft.set('tools', ['roo', ...tools], list?.at ?? place([]), {
    from: list ? 'tool groups' : 'no tool groups, which is all of them',
  });
}

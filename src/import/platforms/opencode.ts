import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Document } from '../../document/document.ts';
import { readJsonLoosely } from '../../document/json.ts';
import type { Loose } from '../../document/loose.ts';
import type { Source } from '../../text/source.ts';
import { type AgentFile, passageOf, plainDocument, promptOf, readAgentFile } from '../agent-file.ts';
import { Draft } from '../draft.ts';
import { commonFields, keepForTarget, keepUnknown, take } from '../fields.ts';
import type { ReadFile } from '../files.ts';
import type { Found, FoundAgent, Passage } from '../found.ts';
import { fitId, Ids } from '../ids.ts';
import type { Common } from '../reader.ts';
import type { Relation } from '../relations/relation.ts';
import { span, tell } from '../tell.ts';
import { instructions } from './claude-code.ts';
import { opencodeFieldProblems, opencodeFileProblems } from './opencode-checks.ts';
import { covers, OPEN_RULES, OPEN_TOOLS, rulesIn, translateRules } from './opencode-permissions.ts';

/** Reads opencode's agents: Markdown files below `agent(s)` and `mode(s)`, and the map `agent` of opencode.json. */
export function readOpencode(files: readonly ReadFile[]): Found {
  const agents: FoundAgent[] = [];
  const documents = new Map<string, Document>();
  const problems: Diagnostic[] = [];
  const ids = new Ids();
  const settings = files.flatMap((file) =>
    file.kind === 'settings' && 'source' in file ? [settingsOf(file.source)] : [],
  );
  const inherited = Object.assign(
    {},
    ...settings.map(({ data: { permission, tools } }) => ({
      ...(permission === undefined ? {} : { permission }),
      ...(tools === undefined ? {} : { tools }),
    })),
  ) as Record<string, unknown>;
  for (const file of files) {
    if ('problem' in file) problems.push(file.problem);
    else if (file.kind === 'agent') {
      const read = readAgentFile(file.source);
      const agent = agentOf(read, file, ids, inherited);
      agents.push(agent);
      documents.set(file.path, plainDocument(file.source));
      problems.push(...opencodeFileProblems(read, agent), ...opencodeFieldProblems(agent));
    }
  }
  for (const read of settings) {
    documents.set(read.source.path, plainDocument(read.source, 'yaml'));
    const own = entriesOf(read, { ids, inherited });
    agents.push(...own);
    problems.push(...read.problems, ...own.flatMap(opencodeFieldProblems));
  }
  return { agents, documents, problems };
}

/** The agents that settings define; those that only adjust an agent of opencode's own are none. */
function entriesOf(read: Settings, shared: Shared): readonly FoundAgent[] {
  return ['agent', 'mode'].flatMap((key) =>
    Object.entries(mapIn(read.data[key])).flatMap(([name, entry]) => {
      const agent = entryOf(name, key, mapIn(entry), read, shared);
      return isBuiltin(name) && agent.prompt.length === 0 ? [] : [agent];
    }),
  );
}

/** What agents of one project share. */
interface Shared {
  readonly ids: Ids;
  readonly inherited: Readonly<Record<string, unknown>>;
}

/** Agents that opencode brings; settings that only adjust one of them make no agent. */
function isBuiltin(name: string): boolean {
  return ['build', 'plan', 'general', 'explore', 'title', 'summary', 'compaction'].includes(name);
}

interface Settings {
  readonly source: Source;
  readonly data: Loose['data'];
  readonly locate: Loose['locate'];
  readonly problems: readonly Diagnostic[];
}

function settingsOf(source: Source): Settings {
  const { data, locate, broken } = readJsonLoosely(source.text);
  const at = broken?.offset ?? 0;
  const problems = broken
    ? [
        tell(
          'platform-refuses-file',
          'error',
          span(source.path, [at, at + 1]),
          `opencode does not start: this is no JSON, ${broken.reason}.`,
          { help: 'Comments and commas behind the last value are fine; everything else must be JSON.' },
        ),
      ]
    : [];
  return { source, data, locate, problems };
}

function agentOf(read: AgentFile, file: ReadFile, ids: Ids, inherited: Readonly<Record<string, unknown>>): FoundAgent {
  const { source, header } = read;
  const data: Readonly<Record<string, unknown>> =
    file.dialect === 'legacy-mode' ? { ...header?.data, mode: 'primary' } : (header?.data ?? {});
  const path = file.inner.replace(/\.[^./]+$/, '');
  const given = typeof data['name'] === 'string' ? data['name'] : path;
  const id = ids.take(fitId(given, true));
  return {
    id,
    ...(given === id ? {} : { name: given }),
    platform: 'opencode',
    file: source.path,
    data,
    inherited,
    place: (pointer, on) => (header ? span(source.path, header.locate(pointer, on)) : span(source.path, [0, 0])),
    ...(header ? { header: passageOf(source, header.range) } : {}),
    prompt: promptOf(read),
  };
}

function entryOf(
  name: string,
  key: string,
  entry: Readonly<Record<string, unknown>>,
  { source, locate }: Settings,
  { ids, inherited }: Shared,
): FoundAgent {
  const id = ids.take(fitId(name, true));
  const { prompt, ...data } = entry;
  const base = [key, name];
  return {
    id,
    ...(name === id ? {} : { name }),
    platform: 'opencode',
    file: source.path,
    data: key === 'mode' ? { ...data, mode: 'primary' } : data,
    inherited,
    inList: true,
    place: (pointer, on) => span(source.path, locate([...base, ...pointer], on)),
    prompt:
      typeof prompt === 'string' && prompt.trim() !== ''
        ? [quoted(prompt, span(source.path, locate([...base, 'prompt'])))]
        : [],
  };
}

/** A text in quotes: a part of it is shown as the whole, as it is not written as it reads. */
function quoted(text: string, at: ReturnType<typeof span>): Passage {
  return { text, place: () => at };
}

function mapIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** Fields that mean something to opencode alone. */
const OWN = ['variant', 'top_p', 'hidden', 'options'];

/** An agent of opencode in the words of the language. */
export function translateOpencode(agent: FoundAgent): Draft {
  const draft = new Draft(agent);
  const { data } = agent;
  if (agent.name !== undefined) {
    draft.set('name', agent.name, agent.place(typeof data['name'] === 'string' ? ['name'] : []));
    keepForTarget(draft, 'opencode', 'name', agent.name, ['name']);
  }
  draft.understood.add('name').add('permission').add('tools').add('prompt');
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
export function checkOpencode(drafts: readonly Draft[], relations: readonly Relation[]): readonly Diagnostic[] {
  return drafts.flatMap(({ agent }) => {
    const rules = [
      ...rulesIn(agent.inherited ?? {}, () => agent.place([])),
      ...rulesIn(agent.data, (pointer) => agent.place(pointer)),
    ];
    const denied = relations.find(({ source, type, resolution, pattern }) => {
      if (source !== agent.id || type !== 'delegates-to' || pattern === 'permission' || !('id' in resolution))
        return false;
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

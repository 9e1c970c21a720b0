import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Document } from '../../document/document.ts';
import type { Source } from '../../text/source.ts';
import { plainDocument, wholeText } from '../agent-file.ts';
import { Draft } from '../draft.ts';
import { commonFields, keepForTarget, keepUnknown, take } from '../fields.ts';
import type { ReadFile } from '../files.ts';
import type { Found, FoundAgent, Passage } from '../found.ts';
import { fitId, Ids } from '../ids.ts';
import type { Common } from '../reader.ts';
import { span, stopped, tell } from '../tell.ts';
import { rooModeProblems } from './roo-checks.ts';
import { type RooMode, readModes } from './roo-modes.ts';
import { globsOfRegex } from './roo-regex.ts';

/** Reads Roo's modes: `.roomodes` in YAML or JSON, Kilo Code's twin of it, and the instructions below `.roo/rules-<slug>/`. */
export function readRoo(files: readonly ReadFile[]): Found {
  const agents: FoundAgent[] = [];
  const documents = new Map<string, Document>();
  const problems: Diagnostic[] = [];
  const ids = new Ids();
  for (const file of files) {
    if ('problem' in file) problems.push(file.problem);
    else documents.set(file.path, plainDocument(file.source, file.kind === 'rules' ? 'markdown' : 'yaml'));
    if ('problem' in file || file.kind !== 'modes') continue;
    const { modes, odd = [], broken } = readModes(file.source);
    problems.push(...odd.map((range) => noMode(file.source, range)));
    if (broken) problems.push(unread(file.source, broken));
    else if (modes.length + odd.length === 0) problems.push(withoutModes(file.source));
    const own = modes.map((mode) => agentOf(mode, file.source, files, ids));
    agents.push(...own);
    problems.push(...own.flatMap((agent) => rooModeProblems(agent, file.dialect === 'kilo')), ...twice(own));
  }
  return { agents, documents, problems };
}

function unread(source: Source, { reason, offset }: { readonly reason: string; readonly offset: number }): Diagnostic {
  return tell(
    'platform-refuses-file',
    'error',
    stopped(source, offset),
    `Roo reads no mode of this file: it is no YAML (${reason}), nor JSON.`,
    {
      help: 'Roo makes typographic quotes and dashes plain before it reads: inside quotes of the same kind, write them as \\u2019 and the like.',
    },
  );
}

function noMode({ path }: Source, range: readonly [number, number]): Diagnostic {
  return tell(
    'platform-refuses-file',
    'error',
    span(path, range),
    'Roo reads no mode of this file: an entry of `customModes` is no mode.',
    { help: 'Write `slug`, `name`, `roleDefinition` and `groups`, or take the entry out.' },
  );
}

/** Roo takes such a file for one without modes, and says nothing. */
function withoutModes(source: Source): Diagnostic {
  return tell(
    'platform-drops-file',
    'warning',
    stopped(source, 0),
    'Roo finds no mode in this file: it has no list `customModes` with modes.',
    {
      help: 'Put the modes into a list `customModes`, or leave the file where it is if it is something else.',
    },
  );
}

function twice(agents: readonly FoundAgent[]): readonly Diagnostic[] {
  const first = new Map<unknown, FoundAgent>();
  return agents.flatMap((agent) => {
    const slug = agent.data['slug'];
    const other = first.get(slug);
    if (!other) first.set(slug, agent);
    return other
      ? [
          tell(
            'platform-refuses-file',
            'error',
            agent.place(['slug']),
            `Roo reads no mode of this file: the slug "${String(slug)}" stands twice.`,
            {
              related: [{ at: other.place(['slug']), message: 'It stands here first' }],
              help: 'Give one of the two another slug.',
              role: agent.id,
            },
          ),
        ]
      : [];
  });
}

function agentOf({ data, locate }: RooMode, source: Source, files: readonly ReadFile[], ids: Ids): FoundAgent {
  const slug = typeof data['slug'] === 'string' || typeof data['slug'] === 'number' ? String(data['slug']) : '';
  const name = typeof data['name'] === 'string' ? data['name'].trim() : '';
  const id = ids.take(fitId(slug) || fitId(name));
  const place: FoundAgent['place'] = (pointer, on) => span(source.path, locate(pointer, on));
  return {
    id,
    ...(name !== '' && name !== id ? { name } : {}),
    platform: 'roo',
    file: source.path,
    data,
    inList: true,
    place,
    prompt: [
      ...['roleDefinition', 'customInstructions'].flatMap((key) =>
        typeof data[key] === 'string' && data[key].trim() !== ''
          ? [valuePassage(data[key], source, locate([key]))]
          : [],
      ),
      ...rulesFor(slug, files),
    ],
  };
}

/** The instructions that lie in files of their own, in the order in which Roo reads them. */
function rulesFor(slug: string, files: readonly ReadFile[]): readonly Passage[] {
  return files.flatMap((file) =>
    file.kind === 'rules' &&
    'source' in file &&
    slug !== '' &&
    file.inner.startsWith(`rules-${slug}/`) &&
    file.source.text.trim() !== ''
      ? [wholeText(file.source)]
      : [],
  );
}

/** A text that is a value: its parts are found in the file by their words, or else shown as the whole. */
export function valuePassage(text: string, { path, text: file }: Source, range: readonly [number, number]): Passage {
  return {
    text,
    place(start, end) {
      const words = text.slice(start, end).trim();
      const line = words.split('\n')[0] ?? '';
      // The text may be folded or indented; up to the same share of it, what comes before is as long.
      const near = Math.floor(range[0] + ((range[1] - range[0]) * start) / Math.max(1, text.length)) - 200;
      const exact = words === '' ? -1 : file.indexOf(words, Math.max(range[0], near));
      const found = exact === -1 ? file.indexOf(line, Math.max(range[0], near)) : exact;
      const length = exact === -1 ? line.length : words.length;
      if (line === '' || found === -1 || found + length > range[1]) return span(path, range);
      return span(path, [found, found + length]);
    },
  };
}

/** What each group of tools brings. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  read: ['read', 'search'],
  edit: ['edit'],
  command: ['shell'],
  mcp: ['mcp'],
  browser: ['browser'],
  modes: [],
};

/** A mode of Roo in the words of the language. */
export function translateRoo(agent: FoundAgent): Draft {
  const draft = new Draft(agent);
  const { data } = agent;
  draft.understood.add('slug').add('name').add('customInstructions');
  if (agent.name !== undefined) draft.set('name', agent.name, agent.place(['name']));
  if (typeof data['roleDefinition'] === 'string' && data['roleDefinition'].trim() !== '')
    take(draft, 'roleDefinition', 'mission', data['roleDefinition']);
  if (typeof data['whenToUse'] === 'string' && data['whenToUse'].trim() !== '')
    take(draft, 'whenToUse', 'when-to-use', data['whenToUse']);
  translateGroups(draft);
  commonFields(draft);
  describe(draft, 'roleDefinition');
  keepUnknown(draft);
  const texts = agent.prompt.slice(draft.fields['mission'] === undefined ? 0 : 1);
  if (texts.length > 0) {
    draft.fields['instructions'] = texts.map(({ text }) => text.trim()).join('\n\n');
    draft.say(['instructions'], texts[0]!.place(0, texts[0]!.text.length));
    if (typeof data['customInstructions'] !== 'string') keepForTarget(draft, 'roo', 'rules', 'files', []);
  }
  return draft;
}

function translateGroups(draft: Draft): void {
  const { data, place } = draft.agent;
  const groups = Array.isArray(data['groups']) ? (data['groups'] as readonly unknown[]) : [];
  const names = groups.map((group) => String(Array.isArray(group) ? group[0] : group));
  const tools = ['roo', ...new Set(names.flatMap((name) => (Object.hasOwn(GROUPS, name) ? GROUPS[name]! : [])))];
  const at = place(data['groups'] === undefined ? [] : ['groups']);
  draft.set('tools', tools, at, { from: 'groups' });
  if (names.every((name) => Object.hasOwn(GROUPS, name))) draft.understood.add('groups');
  for (const [index, group] of groups.entries()) limitEdits(draft, Array.isArray(group) ? group[1] : undefined, index);
}

/** The files that the group `edit` is limited to: kept as they are, and rules where globs that mean the same can be proved. */
function limitEdits(draft: Draft, options: unknown, index: number): void {
  if (typeof options !== 'object' || options === null) return;
  const { fileRegex, description } = options as Readonly<Record<string, unknown>>;
  if (typeof fileRegex !== 'string') return;
  const at = ['groups', index, 1];
  keepForTarget(draft, 'roo', 'fileRegex', fileRegex, [...at, 'fileRegex']);
  if (typeof description === 'string')
    keepForTarget(draft, 'roo', 'fileDescription', description, [...at, 'description']);
  const globs = globsOfRegex(fileRegex);
  const rules = globs && [{ edit: [{ deny: '*' }, { ask: globs.length === 1 ? globs[0] : globs }] }];
  if (rules) draft.set('permissions', rules, draft.agent.place([...at, 'fileRegex']), { from: 'fileRegex' });
}

/** Roo shows others the first sentence of a mode that has no description; a role of the language has one. */
export function describe(draft: Draft, key: string): void {
  const { fields, agent } = draft;
  const text = agent.data[key];
  if (fields['description'] !== undefined || typeof text !== 'string') return;
  const sentence = /^[\s\S]*?(?:[.!?](?=\s|$)|$)/.exec(text.trim())?.[0].replace(/\s+/g, ' ') ?? '';
  if (sentence === '') return;
  draft.set('description', sentence, agent.place([key]), { confidence: 'likely', from: `first sentence of ${key}` });
  keepForTarget(draft, 'roo', 'description', 'none', []);
}

/** What every mode of Roo has, whatever its groups. */
export function commonRoo(_: readonly ReadFile[], foreign: boolean): Common {
  if (!foreign) return { definition: {}, mappings: [], documents: [], problems: [] };
  return {
    definition: { 'tool-groups': { roo: ['ask-user', 'complete', 'switch-role', 'todo', 'skill'] } },
    mappings: [],
    comments: [{ pointer: ['tool-groups', 'roo'], text: 'What every mode of Roo has, whatever its groups.' }],
    documents: [],
    problems: [],
  };
}

import { fits } from '../../pattern/fits.ts';
import type { Pointer } from '../../text/place.ts';
import type { FoundAgent } from '../found.ts';
import { commentsOf, partsOf, withNote } from './key-values.ts';
import { classOf, holdsRelations, type Meaning, meaningOfKey } from './labels.ts';
import type { Names } from './names.ts';
import type { Mention, Relation, Resolution } from './relation.ts';
import { isHandle } from './written-name.ts';

interface Reader {
  readonly agent: FoundAgent;
  readonly names: Names;
  readonly comments: ReadonlyMap<string, string>;
  readonly relations: Relation[];
  readonly mentions: Mention[];
}

/** The relations that the keys of an agent's front matter give, with the comment beside each. */
export function relationsInData(agent: FoundAgent, names: Names): { relations: Relation[]; mentions: Mention[] } {
  const reader: Reader = { agent, names, comments: commentsOf(agent.header?.text ?? ''), relations: [], mentions: [] };
  readMap(reader, agent.data, [], 0);
  return { relations: reader.relations, mentions: reader.mentions };
}

function readMap(reader: Reader, map: Readonly<Record<string, unknown>>, pointer: Pointer, depth: number): void {
  for (const [key, value] of Object.entries(map)) {
    const at = [...pointer, key];
    if (readKnownKey(reader, key, value, at)) continue;
    const meaning = key === 'agents' && depth === 0 ? AGENTS_ALLOWED : meaningOfKey(key);
    if (meaning && !(isMap(value) && namesOwnKeys(value))) readValue(reader, meaning, key, value, at);
    else if (depth < 4 && (meaning || holdsRelations(key)) && isMap(value)) readMap(reader, value, at, depth + 1);
  }
}

/** VS Code lists the agents that may be called under `agents`. */
const AGENTS_ALLOWED: Meaning = { type: 'delegates-to', strong: false };

/** Keys that mean something of their own; says whether this was one. */
function readKnownKey(reader: Reader, key: string, value: unknown, at: Pointer): boolean {
  if (/^(?:tools|allowed[-_]?tools)$/i.test(key)) readTools(reader, value, at);
  else if (/^permissions?$/i.test(key))
    readTaskPermission(reader, isMap(value) ? value['task'] : undefined, [...at, 'task']);
  else if (/^dependencies$/i.test(key)) readDependencies(reader, value, at);
  else if (/^parallel[-_]?compatible(?:[-_]?with)?$/i.test(key)) mentionAll(reader, value, at);
  else return false;
  return true;
}

function namesOwnKeys(value: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(value).some((key) => meaningOfKey(key)?.strong === true);
}

function readValue(
  reader: Reader,
  meaning: Meaning,
  key: string,
  value: unknown,
  at: Pointer,
  extra: Extra = {},
): void {
  if (at.length > DEEPEST) return;
  if (typeof value === 'string') readText(reader, meaning, key, value, at, extra);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) readValue(reader, meaning, key, item, [...at, index], extra);
  } else if (isMap(value)) readEntries(reader, meaning, key, value, at, extra);
}

/** How many keys and indices may lead to a name. */
const DEEPEST = 10;

interface Extra {
  readonly for?: string;
  readonly group?: string;
}

const TARGET_KEYS = [
  'agent',
  'role',
  'mode',
  'slug',
  'to',
  'target',
  'target_agent',
  'agent_id',
  'subagent',
  'subagent_type',
  'name',
  'id',
];
const NOTE_KEYS = ['for', 'when', 'reason', 'why', 'purpose', 'condition', 'trigger', 'description', 'label'];

/** One target with its terms (`{ agent: x, when: … }`), or names as keys (`{ x: reason }`), or groups of names. */
function readEntries(
  reader: Reader,
  meaning: Meaning,
  key: string,
  map: Readonly<Record<string, unknown>>,
  at: Pointer,
  extra: Extra,
): void {
  const main = TARGET_KEYS.find((name) => typeof map[name] === 'string' || Array.isArray(map[name]));
  if (main !== undefined) {
    const note = NOTE_KEYS.map((name) => map[name]).find((text) => typeof text === 'string') as string | undefined;
    const own = /^(?:agent|role|mode|sub)/.test(main) ? { ...meaning, strong: true } : meaning;
    readValue(reader, own, key, map[main], [...at, main], note === undefined ? extra : { ...extra, for: note });
    return;
  }
  for (const [name, value] of Object.entries(map)) {
    const resolution = reader.names.resolve(name);
    const known = resolution.kind === 'exact' || resolution.kind === 'inexact';
    if (known && value !== false && value !== 'deny')
      push(
        reader,
        meaning,
        key,
        { written: name, resolution, at: [...at, name], on: 'key' },
        typeof value === 'string' ? { ...extra, for: value } : extra,
      );
    else if (Array.isArray(value)) readValue(reader, meaning, key, value, [...at, name], { ...extra, group: name });
  }
}

function readText(reader: Reader, meaning: Meaning, key: string, value: string, at: Pointer, extra: Extra): void {
  for (const part of partsOf(value)) {
    const [name, note] = withNote(part, reader.names);
    const resolution = resolve(name, meaning, reader.names);
    if (resolution)
      push(
        reader,
        meaning,
        key,
        { written: name, resolution, at },
        note === undefined ? extra : { ...extra, for: note },
      );
  }
}

function resolve(name: string, meaning: Meaning, names: Names): Resolution | undefined {
  const resolution = names.resolve(name);
  if (resolution.kind !== 'dangling') return resolution;
  const kind = classOf(name);
  if (kind === 'nobody' || /[{}<>$]/.test(name)) return undefined;
  if (kind) return meaning.strong ? { kind } : undefined;
  if (meaning.strong) return isNameLike(name) ? resolution : undefined;
  return isHandle(name) && name.includes('-') ? resolution : undefined;
}

function isNameLike(name: string): boolean {
  return name.length <= 80 && name.split(/\s+/).length <= 5 && !/\.(?!agent$)[a-z]{1,5}$|\.[a-z]{1,5}\s/i.test(name);
}

function push(
  reader: Reader,
  meaning: Meaning,
  key: string,
  target: { written: string; resolution: Resolution; at: Pointer; on?: 'key' },
  extra: Extra = {},
  pattern: Relation['pattern'] = 'key',
): void {
  const note = extra.for ?? reader.comments.get(target.written);
  reader.relations.push({
    type: meaning.type,
    source: reader.agent.id,
    target: target.written,
    resolution: target.resolution,
    at: reader.agent.place(target.at, target.on),
    pattern,
    evidence: key,
    confidence:
      meaning.strong && !(target.resolution.kind === 'dangling' && target.written.includes(' ')) ? 'certain' : 'likely',
    ...(note === undefined ? {} : { for: note }),
    ...(extra.group === undefined ? {} : { group: extra.group }),
  });
}

/** `Agent(a, b)` and `Task(a)` among tools; an agent's bare name there is a mention, for no platform knows such a tool. */
function readTools(reader: Reader, value: unknown, at: Pointer): void {
  const items = Array.isArray(value)
    ? value.map((item, index) => [item, [...at, index]] as const)
    : [[value, at] as const];
  for (const [item, pointer] of items) {
    if (typeof item !== 'string') continue;
    const rest = item.slice(0, 20_000).replace(/\b(?:Agent|Task)\(([^()]*)\)/g, (_, names: string) => {
      for (const name of partsOf(names))
        if (name !== '*')
          push(
            reader,
            DELEGATES,
            'tools',
            { written: name, resolution: reader.names.resolve(name), at: pointer },
            {},
            'tool',
          );
      return '';
    });
    for (const name of rest.split(',')) mention(reader, name.trim(), pointer);
  }
}

const DELEGATES: Meaning = { type: 'delegates-to', strong: true };

/** The agents that opencode's `permission.task` lets an agent call; the last pattern that fits a name counts. */
function readTaskPermission(reader: Reader, value: unknown, at: Pointer): void {
  if (!isMap(value)) return;
  const rules = Object.entries(value);
  for (const [index, [written, action]] of rules.entries()) {
    if (action === 'deny' || typeof action !== 'string' || written === '*') continue;
    const later = new Set(rules.slice(index + 1).map(([name]) => name));
    if (later.has('*')) continue;
    const resolution = /[*?]/.test(written) ? matching(written, reader.names) : reader.names.resolve(written);
    push(
      reader,
      DELEGATES,
      'permission.task',
      { written, resolution, at: [...at, written], on: 'key' },
      {},
      'permission',
    );
  }
}

function matching(pattern: string, names: Names): Resolution {
  return { kind: 'pattern', ids: names.ids.filter((id) => fits(pattern, id)) };
}

/** `dependencies: [subagent:x]`. */
function readDependencies(reader: Reader, value: unknown, at: Pointer): void {
  if (!Array.isArray(value)) return;
  for (const [index, item] of value.entries()) {
    const name = typeof item === 'string' ? /^(?:sub-?)?agent:(.+)$/i.exec(item)?.[1]?.trim() : undefined;
    if (name)
      push(reader, DELEGATES, 'dependencies', {
        written: name,
        resolution: reader.names.resolve(name),
        at: [...at, index],
      });
  }
}

function mentionAll(reader: Reader, value: unknown, at: Pointer): void {
  const items = Array.isArray(value) ? value : typeof value === 'string' ? partsOf(value) : [];
  for (const [index, item] of items.entries())
    if (typeof item === 'string') mention(reader, item, Array.isArray(value) ? [...at, index] : at);
}

function mention(reader: Reader, name: string, at: Pointer): void {
  const resolution = reader.names.resolve(name);
  if (resolution.kind !== 'exact' || resolution.id === reader.agent.id) return;
  reader.mentions.push({
    source: reader.agent.id,
    target: name,
    resolution,
    at: reader.agent.place(at),
    by: 'key',
    times: 1,
  });
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { FoundAgent } from '../found.ts';
import type { Inexact, Resolution } from './relation.ts';

type Via = 'id' | 'name' | 'file' | 'path';

interface Form {
  readonly id: string;
  readonly via: Via;
  readonly written: string;
}

/** Longer texts are no names. */
export const LONGEST_NAME = 120;

/** Whether a form is known; those of one agent follow each other. */
function isKnown(forms: readonly Form[], { id, via }: Form): boolean {
  for (let at = forms.length - 1; at >= 0 && forms[at]!.id === id; at--) if (forms[at]!.via === via) return true;
  return false;
}

/** All names that the agents of a set answer to. Building it costs one pass; each question a few look-ups. */
export class Names {
  /** The ids of all agents. */
  readonly ids: readonly string[];
  readonly #exact = new Map<string, Set<string>>();
  readonly #folded = new Map<string, Form[]>();
  /** Where a phrase of several words may begin: the first words of all names, with the most words that follow them. */
  readonly #phrases = new Map<string, number>();
  readonly #prefixes: readonly string[];
  readonly #builtins: ReadonlySet<string>;
  /** Answers given before: texts name the same few agents again and again. */
  readonly #known = new Map<string, Resolution>();

  constructor(agents: readonly FoundAgent[], builtins: Iterable<string> = []) {
    this.#builtins = new Set(builtins);
    for (const agent of agents) this.#learn(agent);
    this.ids = agents.map(({ id }) => id);
    this.#prefixes = sharedPrefixes(this.ids);
  }

  #learn(agent: FoundAgent): void {
    const { id, data, platform } = agent;
    for (const own of new Set([
      id,
      ...(platform === 'claude-code' ? ['name', ...IDENTITY] : IDENTITY).map((key) => data[key]).filter(isText),
      // An agent that shares its name with another has an id of its own; opencode calls both by the name.
      ...(platform === 'opencode' && isText(agent.name) ? [agent.name] : []),
    ])) {
      const ids = this.#exact.get(own) ?? new Set();
      this.#exact.set(own, ids.add(id));
      this.#fold({ id, via: 'id', written: own });
    }
    for (const name of new Set([
      agent.name,
      data['name'],
      data['displayName'],
      data['display_name'],
      ...listOf(data['aliases']),
    ]))
      if (isText(name)) this.#fold({ id, via: 'name', written: name });
    const stem = stemOf(agent.file);
    if (agent.platform !== 'roo') this.#fold({ id, via: 'file', written: stem });
    const parts = id.split('/');
    for (let at = 1; at < Math.min(parts.length, 6); at++)
      this.#fold({ id, via: 'path', written: parts.slice(at).join('/') });
  }

  #fold(form: Form): void {
    if (form.written.length > LONGEST_NAME) return;
    const key = fold(form.written);
    if (key === '') return;
    const forms = this.#folded.get(key);
    if (!forms) this.#folded.set(key, [form]);
    else if (!isKnown(forms, form)) forms.push(form);
    const words = wordsOf(form.written);
    if (words.length > 1 && words.length <= LONGEST_PHRASE) {
      const first = fold(words[0] as string);
      this.#phrases.set(first, Math.max(this.#phrases.get(first) ?? 0, words.length));
    }
  }

  /** How many words, at most, a name has that begins with this word; 0 when none of several words does. */
  phraseLength(firstWord: string): number {
    return firstWord.length > LONGEST_NAME ? 0 : (this.#phrases.get(fold(firstWord)) ?? 0);
  }

  /** The agent that a written name means. */
  resolve(written: string): Resolution {
    const known = this.#known.get(written);
    if (known) return known;
    const resolution = this.#find(written);
    if (written.length <= LONGEST_NAME && this.#known.size < 100_000) this.#known.set(written, resolution);
    return resolution;
  }

  #find(written: string): Resolution {
    const exact = this.#exact.get(written);
    if (exact) return exact.size === 1 ? { kind: 'exact', id: only(exact) } : { kind: 'ambiguous', ids: [...exact] };
    if (written.length > LONGEST_NAME) return { kind: 'dangling' };
    return this.#near(written) ?? this.#builtin(written) ?? this.#bare(written) ?? this.#shortened(written);
  }

  #builtin(written: string): Resolution | undefined {
    return this.#builtins.has(written) ? { kind: 'builtin' } : undefined;
  }

  /** A name without what people add to it. */
  #bare(written: string): Resolution | undefined {
    const by = written.includes('/') ? 'path' : 'prefix';
    for (const bare of bareForms(written)) {
      const same = this.#exact.get(bare);
      const found: Resolution | undefined = same?.size === 1 ? { kind: 'exact', id: only(same) } : this.#near(bare);
      if (found) return 'id' in found ? { kind: 'inexact', id: found.id, by } : found;
    }
    return undefined;
  }

  /** A name without the prefix that most agents of the set share. */
  #shortened(written: string): Resolution {
    for (const prefix of this.#prefixes) {
      const found = this.#folded.get(fold(prefix + written));
      if (found?.[0]) return { kind: 'inexact', id: found[0].id, by: 'prefix' };
    }
    return { kind: 'dangling' };
  }

  #near(written: string): Resolution | undefined {
    const forms = this.#folded.get(fold(written));
    if (!forms) return undefined;
    for (const via of ['id', 'name', 'file', 'path'] as const) {
      const ids = [...new Set(forms.filter((form) => form.via === via).map(({ id }) => id))];
      if (ids.length > 1) return { kind: 'ambiguous', ids };
      const form = forms.find((one) => one.via === via);
      if (form) return { kind: 'inexact', id: form.id, by: difference(written, form) };
    }
    return undefined;
  }
}

/** Keys whose value is an id by which other files name the agent; Claude Code calls its agents by `name`. */
const IDENTITY = ['id', 'agent_id', 'agentId', 'slug'] as const;

const LONGEST_PHRASE = 6;

function difference(written: string, form: Form): Inexact {
  if (form.via !== 'id') return form.via;
  return written.toLowerCase() === form.written.toLowerCase() ? 'case' : 'separator';
}

/** A name without what differs between spellings: case, separators, marks and pictures. */
export function fold(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+#]/gu, '');
}

/** The words of a name, at blanks, hyphens and slashes. */
export function wordsOf(name: string): string[] {
  return name.split(/[\s_/-]+/u).filter((word) => fold(word) !== '');
}

/** A name without what people add to it: `@`, `agent-`, ` mode`, a namespace, folders and the extension of the file. */
function bareForms(written: string): string[] {
  const forms = new Set<string>();
  let name = written.replace(/^@/, '').replace(/\.(?:agent\.md|mode\.md|md|toml|ya?ml)$/i, '');
  forms.add(name);
  name = name
    .replace(/^(?:sub-?agent|agent|mode|role)s?[-_:/ ]+/i, '')
    .replace(/[-_ ]+(?:sub-?agent|agent|mode|role)$/i, '');
  forms.add(name);
  const parts = name.split(/[/:]/).filter((part) => part !== '' && part !== '.' && part !== '..');
  if (parts.length > 1) for (let at = 1; at < Math.min(parts.length, 6); at++) forms.add(parts.slice(at).join('/'));
  if (/^the /i.test(name)) forms.add(name.slice(4));
  forms.delete(written);
  return [...forms].filter((form) => form !== '');
}

/** Prefixes up to a hyphen that at least half of the agents share: names are often written without them. */
function sharedPrefixes(ids: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const id of ids) {
    const name = id.slice(id.lastIndexOf('/') + 1);
    const end = name.indexOf('-');
    if (end > 0 && end < 30) counts.set(name.slice(0, end + 1), (counts.get(name.slice(0, end + 1)) ?? 0) + 1);
  }
  return [...counts].filter(([, times]) => times >= 3 && times * 2 >= ids.length).map(([prefix]) => prefix);
}

function stemOf(file: string): string {
  return file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.(?:agent\.md|mode\.md|prompt\.md|md|markdown|mdc|toml|ya?ml|json)$/i, '');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function only(ids: ReadonlySet<string>): string {
  return ids.values().next().value as string;
}

import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { enumerate } from '../../text/enumerate.ts';
import type { Pointer } from '../../text/place.ts';
import type { FoundAgent } from '../found.ts';
import { tell } from '../tell.ts';

/** What one place of opencode's says of an agent: a file, or an entry of the settings. */
export interface OpencodePart extends Omit<FoundAgent, 'id'> {
  /** The name by which opencode knows the agent. */
  readonly called: string;
  /** The text of a file is the prompt, even an empty one; settings may say none. */
  readonly speaks: boolean;
}

/**
 * One agent of all that several places say of it, in the order in which opencode 1.18.34 loads them: a later one adds to
 * the maps of an earlier, keys in the order in which they first stood, and takes the place of its other values.
 */
export function mergedAgent(id: string, parts: readonly [OpencodePart, ...OpencodePart[]]): FoundAgent {
  const main = parts.findLast(({ inList }) => !inList) ?? parts.at(-1)!;
  const { called, speaks: _, ...agent } = main;
  const named = called === id ? {} : { name: called };
  if (parts.length === 1) return { ...agent, id, ...named };
  const one = parts.map(withRules);
  return {
    ...agent,
    id,
    ...named,
    data: one.reduce((all, { data }) => overlaid(all, data), {} as Data),
    place(pointer, on) {
      const holder = pointer.length === 0 ? undefined : one.findLast(({ data }) => has(data, pointer));
      return (holder ?? main).place(pointer, on);
    },
    prompt: parts.findLast(({ speaks }) => speaks)?.prompt ?? [],
    also: parts.map(({ file }) => file).filter((file) => file !== main.file),
  };
}

type Data = Readonly<Record<string, unknown>>;

/** Each place's `tools` become rules before places are put together. */
function withRules(part: OpencodePart): OpencodePart {
  const { tools, permission, ...data } = part.data;
  if (!isMap(tools) || Object.values(tools).some((on) => typeof on !== 'boolean')) return part;
  const made = new Map(Object.keys(tools).map((name) => [WRITING.has(name) ? 'edit' : name, name]));
  const rules = Object.fromEntries([...made].map(([key, name]) => [key, tools[name] ? 'allow' : 'deny']));
  const own = typeof permission === 'string' ? { '*': permission } : permission;
  return {
    ...part,
    data: { ...data, permission: isMap(own) || own === undefined ? { ...rules, ...own } : own },
    place(pointer, on) {
      const [first, key] = pointer;
      const name = first === 'permission' && !has(part.data, pointer) ? made.get(String(key)) : undefined;
      return part.place(name === undefined ? pointer : ['tools', name], on);
    },
  };
}

const WRITING: ReadonlySet<string> = new Set(['write', 'edit', 'patch', 'multiedit']);

/** A map laid over another: what is a map in both is one map, and of other values the later ones count. */
export function overlaid(under: Data, over: Data): Data {
  const all: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const before = all[key];
    all[key] = isMap(value) && isMap(before) ? overlaid(before, value) : value;
  }
  return all;
}

/** What an earlier place says of an agent and a later one takes back: a value each, and rules that now stand in one list. */
export function mergeProblems(id: string, parts: readonly OpencodePart[]): readonly Diagnostic[] {
  return parts.flatMap((part, index) =>
    parts.slice(index + 1).flatMap((later): readonly Diagnostic[] => {
      const taken = overridden(part, later);
      const first = taken[0];
      if (first === undefined) return [];
      const what = taken.map((key) => (key === 'prompt' ? 'the prompt' : `\`${key}\``));
      return [
        tell(
          'platform-drops-field',
          'warning',
          part.place(first === 'prompt' ? [] : [first], 'key'),
          `opencode makes one ${id} of all places that define it, and takes ${enumerate(what)} from ${later.file} instead.`,
          {
            related: [{ at: later.place([]), message: 'The other place' }],
            help: 'Define an agent in one place.',
            role: id,
          },
        ),
      ];
    }),
  );
}

/** The keys of which a later place has another value; of rules, those for the same calls. */
function overridden(part: OpencodePart, later: OpencodePart): readonly string[] {
  const [before, after] = [part.data, later.data].map(spoken);
  const keys = Object.keys(before!).filter((key) => key in after! && differ(before![key], after![key]));
  const [text, other] = [part, later].map(({ prompt }) => prompt.map((passage) => passage.text).join('\n\n'));
  return text !== '' && later.speaks && text !== other ? [...keys, 'prompt'] : keys;
}

/** What a place says, without how it says that it is an agent. */
function spoken({ name: _, ...data }: Data): Data {
  return data;
}

function differ(before: unknown, after: unknown): boolean {
  if (!isMap(before) || !isMap(after)) return JSON.stringify(before) !== JSON.stringify(after);
  return Object.keys(before).some((key) => key in after && differ(before[key], after[key]));
}

function has(data: unknown, pointer: Pointer): boolean {
  let value = data;
  for (const step of pointer) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return false;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return true;
}

function isMap(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

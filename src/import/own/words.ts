/** Names that a prompt of teamc's own gives meaning to beyond its role. */
export interface Named {
  readonly people: Set<string>;
  readonly groups: Map<string, readonly string[]>;
}

/** Somebody, as the language writes it. */
export type Who = string | { readonly person: string } | { readonly group: string };

const ONE =
  /`([^`]+)`|the group (\S+) \(((?:`[^`]+`(?:, )?)*)\)|(\S+) \(a person\)|(yourself|your peers|whoever gave you the work)/y;

const WORDS: Readonly<Record<string, string>> = {
  yourself: 'self',
  'your peers': 'peers',
  'whoever gave you the work': 'delegator',
};

/** Reads names from the start of a text: `` `a`, `b` or `c` ``; and where they end. */
export function whoIn(text: string, named: Named): { readonly who: readonly Who[]; readonly end: number } {
  const who: Who[] = [];
  let end = 0;
  for (let at = 0; ; ) {
    ONE.lastIndex = at;
    const match = ONE.exec(text);
    if (!match) break;
    who.push(oneOf(match, named));
    end = ONE.lastIndex;
    const between = /^(?:, | or )/.exec(text.slice(end))?.[0];
    if (between === undefined) break;
    at = end + between.length;
  }
  return { who, end };
}

function oneOf([, role, group, members, person, word]: RegExpExecArray, named: Named): Who {
  if (role !== undefined) return role;
  if (group !== undefined) {
    named.groups.set(
      group,
      [...(members ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1]!),
    );
    return { group };
  }
  if (person !== undefined) {
    named.people.add(person);
    return { person };
  }
  return WORDS[word!]!;
}

/** Names that a `with` or a `to` holds: one alone, or a list. */
export function whoOf(text: string, named: Named): unknown {
  const { who } = whoIn(text, named);
  return who.length === 1 ? who[0] : who;
}

/** A text in quotes that stands somewhere in another, read as JSON, and where it ends; nothing where none stands there. */
export function quotedAt(text: string, at = 0): { readonly value: string; readonly end: number } | undefined {
  const written = text[at] === '"' ? /^"(?:[^"\\]|\\.)*"/.exec(text.slice(at))?.[0] : undefined;
  const value = written === undefined ? undefined : unquoted(written);
  return value === undefined ? undefined : { value, end: at + written!.length };
}

/** The items of a list in one line; items in quotes are read as JSON. */
export function listIn(text: string, separator: ', ' | '; ' = ', '): readonly string[] {
  const items: string[] = [];
  for (let at = 0; at < text.length; ) {
    const quoted = quotedAt(text, at);
    if (quoted && (text.startsWith(separator, quoted.end) || quoted.end === text.length)) {
      items.push(quoted.value);
      at = quoted.end + separator.length;
      continue;
    }
    const next = text.indexOf(separator, at);
    items.push(text.slice(at, next === -1 ? text.length : next));
    at = next === -1 ? text.length : next + separator.length;
  }
  return items;
}

/** What a text in quotes says, read as JSON; nothing where somebody wrote what is none. */
export function unquoted(written: string): string | undefined {
  try {
    return String(JSON.parse(written));
  } catch {
    return undefined;
  }
}

/** One item alone, or the list. */
export function alone<T>(items: readonly T[]): T | readonly T[] {
  return items.length === 1 ? items[0]! : items;
}

/** Text with `, ` and ` or ` between its words. */
export function anyIn(text: string): readonly string[] {
  const { plain, restored } = shielded(text);
  return restored(plain.split(/, | or /)) as readonly string[];
}

/** A text whose words in quotes are one sign each, so that nothing within them is read; and what gives them back. */
function shielded(text: string): { readonly plain: string; restored(value: unknown): unknown } {
  const words: { readonly value: string; readonly written: string }[] = [];
  let plain = '';
  for (let at = 0; at < text.length; ) {
    const quoted = at === 0 || ' ('.includes(text[at - 1]!) ? quotedAt(text, at) : undefined;
    if (quoted) {
      plain += `\uE000${words.length}\uE000`;
      words.push({ value: quoted.value, written: text.slice(at, quoted.end) });
      at = quoted.end;
    } else plain += text[at++];
  }
  const back = (part: string): string => {
    const alone = /^\uE000(\d+)\uE000$/.exec(part)?.[1];
    if (alone !== undefined) return words[Number(alone)]?.value ?? part;
    return part.replace(/\uE000(\d+)\uE000/g, (sign, index: string) => words[Number(index)]?.written ?? sign);
  };
  const restored = (value: unknown): unknown => {
    if (typeof value === 'string') return back(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(restored);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [back(key), restored(item)]));
  };
  return { plain, restored };
}

/** A condition in parentheses: it stands among others. */
const SEVERAL = /(?:^|, | or )\(/;

/** Conditions, of which any one is enough; those that are more than a word stand in parentheses where there are several. */
export function whenIn(text: string): unknown {
  const { plain, restored } = shielded(text);
  const parts: string[] = [];
  for (let rest = plain; rest !== ''; ) {
    const end = rest.startsWith('(') ? closing(rest) : (/, | or /.exec(rest)?.index ?? rest.length);
    const whole = parts.length === 0 && !SEVERAL.test(rest) && isMap(rest);
    const cut = whole ? rest.length : end;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut).replace(/^(?:, | or )/, '');
  }
  return restored(alone(parts.map((part) => conditionIn(part.startsWith('(') ? part.slice(1, -1) : part))));
}

/** The end of what stands in parentheses at the start of a text. */
function closing(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return at + 1;
  }
  return text.length;
}

const BOUND = /^(at least|at most|above|below) (\S+)$/;
const MEASURE = /^(\S+)(?: of (\S+))? ((?:at least|at most|above|below) \S+)$/;

function isMap(text: string): boolean {
  return / is /.test(text) || / (?:at least|at most|above|below) \S/.test(text);
}

function conditionIn(text: string): unknown {
  if (!isMap(text)) return text;
  const map = new Map<string, unknown>();
  let last = '';
  for (const part of text.split(' and ')) {
    const read = labelOrMeasure(part, map.get(last));
    if (!read) return text;
    last = read.key ?? last;
    map.set(last, read.value);
  }
  return Object.fromEntries(map);
}

/** One part of a condition: a label, a measure, or another bound of the measure before it. */
function labelOrMeasure(part: string, before: unknown): { readonly key?: string; readonly value: unknown } | undefined {
  const label = /^(\S+) is (.+)$/.exec(part);
  if (label) return { key: label[1]!, value: alone(label[2]!.split(/, | or /)) };
  const [body, lasting] = measureParts(part);
  const more = lasting === undefined ? {} : { lasting };
  const bound = BOUND.exec(body);
  if (bound) return typeof before === 'object' ? { value: { ...before, ...boundOf(bound), ...more } } : undefined;
  const fresh = MEASURE.exec(body);
  if (!fresh) return undefined;
  return {
    key: fresh[1]!,
    value: { ...(fresh[2] === undefined ? {} : { of: fresh[2] }), ...boundOf(BOUND.exec(fresh[3]!)!), ...more },
  };
}

function boundOf([, name, value]: RegExpExecArray): Readonly<Record<string, unknown>> {
  return { [name!.replace(' ', '-')]: quantity(value!) };
}

/** What a measure must keep to, and how long: ` for 2d` at its end. */
function measureParts(part: string): readonly [body: string, lasting: string | undefined] {
  const match = /^(.*) for (\d+(?:\.\d+)?(?:ms|s|m|h|d|w))$/.exec(part);
  return match ? [match[1]!, match[2]] : [part, undefined];
}

/** A number stays one; ratios, durations and sizes are text. */
export function quantity(text: string): string | number {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Calls with their arguments: `` `edit:api/**` ``. */
export function callsIn(text: string): unknown {
  const calls = [...text.matchAll(/`([^`:]+):([^`]*)`/g)].map(([, tool, pattern]) => ({ [tool!]: pattern }));
  const tools = new Set(calls.flatMap((call) => Object.keys(call)));
  if (tools.size === calls.length) return Object.fromEntries(calls.flatMap((call) => Object.entries(call)));
  return calls;
}

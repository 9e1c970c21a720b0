import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Place, Pointer } from '../text/place.ts';
import { type Document, MAX_DEPTH, MAX_VALUES, type Origin, type Range } from './document.ts';
import { problem, spot } from './problem.ts';
import { readYaml } from './yaml/yaml.ts';

/** Where included files come from. */
export interface Including {
  /** The team's folder: paths start there, and no include leads out of it. */
  readonly root: string;
  /** The file at a path, what kept it from being read, or nothing when there is no such file. */
  read(path: string): Document | Diagnostic | undefined;
}

/** A document whose data has the items of other files in it. */
export interface Expanded extends Document {
  /** The files whose items were taken in, with their own problems; each once. */
  readonly included: readonly Document[];
}

/**
 * Replaces each list item `{ include: path }` by the items of the YAML list at that path, and so on in that list.
 * Pointers into the data go on counting in what was put together; `origin` leads back to the file that an item came from,
 * and `range` to the include in this one. What can't be included is left out and told.
 */
export function expandIncludes(document: Document, files: Including): Expanded {
  const known = withoutIncludes.get(document);
  if (known) return known;
  if (!document.text.includes('include')) return unexpanded(document);
  const run: Run = { files, problems: [], lists: new Map(), tables: new Map(), seen: new Map(), values: 0 };
  const start: Spot = { document, pointer: [] };
  const trail = [{ path: document.path }];
  const data = expand(run, document.data, start, trail);
  const find = (pointer: Pointer) => follow(run, data, document, pointer);
  return {
    path: document.path,
    text: document.text,
    kind: document.kind,
    data,
    problems: [...document.problems.map((found) => pinned(found, document)), ...run.problems],
    included: [...run.lists.values()].flatMap(({ document }) => document ?? []),
    range: (place) => place.span ?? rangeHere(document, place, find(place.pointer)),
    origin: (place) => (place.span ? { document, place } : originOf(place, find(place.pointer))),
  };
}

/** Documents that include nothing, so that one that is kept is looked through once. */
const withoutIncludes = new WeakMap<Document, Expanded>();

/** A document that includes nothing: its data is all its own. */
function unexpanded(document: Document): Expanded {
  const { path, text, kind, data, problems, range, origin } = document;
  const expanded: Expanded = {
    path,
    text,
    kind,
    data,
    problems: problems.map((found) => pinned(found, document)),
    included: [],
    range,
    origin,
  };
  withoutIncludes.set(document, expanded);
  return expanded;
}

/** A value in the document that it is written in. */
interface Spot {
  readonly document: Document;
  readonly pointer: Pointer;
}

/** An item of a list that was put together, and the include in the list's own document that brought it. */
interface Item extends Spot {
  readonly by?: Spot;
}

/** A file on the way down the includes, and the include that led to it. */
interface Step {
  readonly path: string;
  readonly by?: Spot;
}

/** The list of an included file, put together; `document` is missing if it could not be read. */
interface List {
  readonly document?: Document;
  readonly items: readonly unknown[];
  /** How many values the items hold. */
  readonly values: number;
}

interface Run {
  readonly files: Including;
  readonly problems: Diagnostic[];
  /** Included lists by path. */
  readonly lists: Map<string, List>;
  /** For each list that was put together, where its items stand. */
  readonly tables: Map<object, readonly Item[]>;
  /** What became of a value, so that aliases go on sharing it. */
  readonly seen: Map<object, unknown>;
  /** How many values the includes of the document brought. */
  values: number;
}

function expand(run: Run, value: unknown, at: Spot, trail: readonly Step[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = run.seen.get(value);
  if (known !== undefined) return known;
  const expanded = Array.isArray(value)
    ? expandList(run, value, at, trail)
    : Object.fromEntries(
        Object.entries(value).map(([key, child]) => [key, expand(run, child, inside(at, key), trail)]),
      );
  run.seen.set(value, expanded);
  return expanded;
}

function inside(at: Spot, step: string | number): Spot {
  return { document: at.document, pointer: [...at.pointer, step] };
}

function expandList(run: Run, list: readonly unknown[], at: Spot, trail: readonly Step[]): readonly unknown[] {
  const items: unknown[] = [];
  const table: Item[] = [];
  for (const [index, item] of list.entries()) {
    const here = inside(at, index);
    const path = includePath(item);
    if (path === undefined) {
      items.push(expand(run, item, here, trail));
      table.push(here);
      continue;
    }
    const found = include(run, path, here, trail);
    for (const [number, taken] of found.items.entries()) {
      const origin = run.tables.get(found.items)?.[number] ?? {
        document: found.document ?? at.document,
        pointer: [number],
      };
      items.push(taken);
      table.push({ document: origin.document, pointer: origin.pointer, by: here });
    }
  }
  run.tables.set(items, table);
  return items;
}

function includePath(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
  const path = (item as { include?: unknown }).include;
  return typeof path === 'string' && Object.keys(item).length === 1 ? path : undefined;
}

const NOTHING: List = { items: [], values: 0 };

function include(run: Run, written: string, here: Spot, trail: readonly Step[]): List {
  const fail = (message: string, more: Partial<Diagnostic>): List => {
    const at: Place = { file: here.document.path, pointer: [...here.pointer, 'include'] };
    run.problems.push(problem({ ...at, span: here.document.range(at) }, message, { rule: 'schema', ...more }));
    return NOTHING;
  };
  const path = resolve(run.files.root, written);
  if (path === undefined)
    return fail(`"${written}" leads out of the team's folder.`, {
      help: `Move the file into ${run.files.root}, or copy it there.`,
    });
  const start = trail.findIndex((step) => step.path === path);
  if (start !== -1) return fail(...cycle(trail.slice(start), path));
  if (trail.length > MAX_DEPTH)
    return fail(`The includes lead on through more than ${MAX_DEPTH} files.`, { help: 'Put lists together.' });
  const known = run.lists.get(path);
  const list = known ?? load(run, path, written, fail, here, trail);
  run.lists.set(path, list);
  if (run.values + list.values > MAX_VALUES)
    return fail(`The includes bring more than ${MAX_VALUES} values.`, { help: 'Include less.' });
  run.values += list.values;
  return list;
}

function cycle(ring: readonly Step[], path: string): [string, Partial<Diagnostic>] {
  return [
    `The include runs in a circle: ${[...ring.map((step) => step.path), path].join(' → ')}.`,
    {
      rule: 'include-cycle',
      related: ring.slice(1).flatMap((step) =>
        step.by
          ? {
              at: spot(step.by.document.path, step.by.document.range(step.by), step.by.pointer),
              message: `${step.by.document.path} includes ${step.path} here.`,
            }
          : [],
      ),
      help: 'Take one of these includes out.',
    },
  ];
}

type Fail = (message: string, more: Partial<Diagnostic>) => List;

function load(run: Run, path: string, written: string, fail: Fail, here: Spot, trail: readonly Step[]): List {
  const found = run.files.read(path);
  if (found === undefined)
    return fail(`There is no file "${written}" to include.`, {
      help: `The path starts at the team's folder, ${run.files.root}.`,
    });
  if ('rule' in found) {
    run.problems.push(found);
    return NOTHING;
  }
  const document = readYaml({ path, text: found.text }, 'any');
  if (document.data === undefined) return { ...NOTHING, document };
  if (!Array.isArray(document.data)) {
    const root = { file: path, pointer: [] };
    const related = [{ at: { ...root, span: document.range(root) }, message: `${path} begins here.` }];
    fail(`"${written}" is included in a list, and doesn't hold one.`, {
      related,
      help: 'Write its items with dashes.',
    });
    return { ...NOTHING, document };
  }
  const before = run.values;
  const items = expandList(run, document.data, { document, pointer: [] }, [...trail, { path, by: here }]);
  run.values = before;
  return { document, items, values: sizeOf(items) };
}

/** How many values a value holds, itself too; counting stops over the limit. */
function sizeOf(value: unknown): number {
  let size = 0;
  const open = [value];
  while (open.length > 0 && size <= MAX_VALUES) {
    const next = open.pop();
    size++;
    if (typeof next === 'object' && next !== null) for (const child of Object.values(next)) open.push(child);
  }
  return size;
}

/** A path from the team's folder; undefined if it is absolute or leads out of it. */
function resolve(root: string, written: string): string | undefined {
  if (/^(?:[\\/]|[A-Za-z]:)/.test(written)) return undefined;
  const parts: string[] = [];
  for (const part of written.split(/[\\/]/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  const folder = root.replace(/\/+$/, '');
  return folder === '' || folder === '.' ? parts.join('/') : `${folder}/${parts.join('/')}`;
}

/** Where a pointer leads, and the include in the document itself that it goes through. */
interface Found {
  readonly spot: Spot;
  readonly by?: Spot;
}

function follow(run: Run, data: unknown, document: Document, pointer: Pointer): Found {
  let value = data;
  let found: Found = { spot: { document, pointer: [] } };
  for (const step of pointer) {
    const table = isCollection(value) ? run.tables.get(value) : undefined;
    const item = table?.[Number(step)];
    if (table && !item) break;
    const by = found.by ?? item?.by;
    found = { spot: item ?? inside(found.spot, step), ...(by ? { by } : {}) };
    value = isCollection(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return found;
}

function isCollection(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null;
}

function originOf({ on }: Place, { spot: { document, pointer } }: Found): Origin {
  return { document, place: { file: document.path, pointer, ...(on ? { on } : {}) } };
}

function rangeHere(document: Document, { on }: Pick<Place, 'on'>, { spot: { pointer }, by }: Found): Range {
  if (by) return document.range({ pointer: by.pointer });
  return document.range(on ? { pointer, on } : { pointer });
}

/** A finding whose places no longer depend on how items are counted. */
function pinned(found: Diagnostic, document: Document): Diagnostic {
  const pin = (at: Place): Place => (at.span ? at : { ...at, span: document.range(at) });
  return {
    ...found,
    at: pin(found.at),
    ...(found.related ? { related: found.related.map(({ at, message }) => ({ at: pin(at), message })) } : {}),
    ...(found.fix
      ? { fix: { ...found.fix, edits: found.fix.edits.map((edit) => ({ ...edit, at: pin(edit.at) })) } }
      : {}),
  };
}

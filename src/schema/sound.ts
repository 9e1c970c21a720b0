import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Place, Pointer } from '../text/place.ts';
import { check } from './check.ts';
import type { SchemaName } from './schema-name.ts';

/** Data that fits its schema, and what had to be left out to get there. */
export interface Sound {
  readonly data: Readonly<Record<string, unknown>>;
  readonly problems: readonly Diagnostic[];
}

/**
 * Checks data and leaves out what does not fit, so that one mistake hides nothing else. Items of a list leave a hole,
 * so that the pointers of the others stay true. What can't be mended this way counts as empty.
 */
export function sound(name: SchemaName, data: unknown, at: Place): Sound {
  const whole = isMap(data) && at.pointer.length === 0;
  const known = whole ? checked.get(data) : undefined;
  if (known?.name === name && known.file === at.file) return known;
  const made = soundOf(name, data, at);
  if (whole) checked.set(data, { ...made, name, file: at.file });
  return made;
}

/** What became of the data of whole files, so that a file that is kept is checked once. */
const checked = new WeakMap<object, Sound & { readonly name: SchemaName; readonly file: string }>();

function soundOf(name: SchemaName, data: unknown, at: Place): Sound {
  const problems = check(name, data, at);
  if (problems.length === 0) return { data: data as Sound['data'], problems };
  const rest: unknown = structuredClone(data);
  let wrong = problems;
  for (let round = 0; round < MAX_ROUNDS && wrong.length > 0; round++) {
    const spots = wrong.flatMap((problem) => find(rest, problem.at.pointer.slice(at.pointer.length)) ?? []);
    // What is wrong with the whole, such as a key that is missing, hides nothing.
    if (spots.length === 0) return { data: isMap(rest) ? rest : {}, problems };
    for (const spot of spots) takeOut(spot);
    wrong = check(name, compact(rest), at);
  }
  return { data: wrong.length === 0 && isMap(rest) ? rest : {}, problems };
}

/** What is left out may leave out what its parent needs, and so on upwards, some problems at a time. */
const MAX_ROUNDS = 50;

/** A value in a map or a list. */
interface Spot {
  readonly parent: Record<string | number, unknown>;
  readonly key: string | number;
}

/**
 * Where a pointer of the validator leads, who saw no holes: to a value inside, or to the last one on the way that is
 * there. Undefined for the root, which is never taken away.
 */
function find(data: unknown, pointer: Pointer): Spot | undefined {
  let spot: Spot | undefined;
  let value = data;
  for (const step of pointer) {
    if (typeof value !== 'object' || value === null) break;
    const parent = value as Spot['parent'];
    const key = Array.isArray(value) ? solid(value)[Number(step)] : step;
    if (key === undefined || !Object.hasOwn(parent, key)) break;
    spot = { parent, key };
    value = parent[key];
  }
  return spot;
}

function takeOut({ parent, key }: Spot): void {
  if (Array.isArray(parent)) parent[Number(key)] = undefined;
  else delete parent[key];
}

/** The indices of a list that are no holes. */
function solid(list: readonly unknown[]): readonly number[] {
  return [...list.keys()].filter((index) => list[index] !== undefined);
}

/** The data as the validator may see it: without holes. */
function compact(data: unknown): unknown {
  if (Array.isArray(data)) return data.filter((item) => item !== undefined).map(compact);
  if (!isMap(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, compact(value)]));
}

function isMap(data: unknown): data is Record<string | number, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

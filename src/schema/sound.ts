import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Place, Pointer } from '../text/place.ts';
import { check, type SchemaName } from './check.ts';

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
  const problems = check(name, data, at);
  if (problems.length === 0) return { data: data as Sound['data'], problems };
  let rest: unknown = structuredClone(data);
  let wrong = problems;
  for (let round = 0; round < 4 && wrong.length > 0; round++) {
    for (const problem of wrong) rest = without(rest, problem.at.pointer.slice(at.pointer.length));
    wrong = check(name, compact(rest), at);
    if (wrong.every(({ at: place }) => place.pointer.length === at.pointer.length)) break;
  }
  return { data: isMap(rest) ? rest : {}, problems };
}

/** The same data without one value; the root itself is never taken away while it is a map. */
function without(data: unknown, pointer: Pointer): unknown {
  const last = pointer.at(-1);
  if (last === undefined) return data;
  let parent = data;
  for (const step of pointer.slice(0, -1)) parent = (parent as Record<string | number, unknown> | undefined)?.[step];
  if (Array.isArray(parent)) parent[Number(last)] = undefined;
  else if (isMap(parent)) delete parent[last];
  return data;
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

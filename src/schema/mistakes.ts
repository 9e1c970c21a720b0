import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { below, type Place, type Pointer } from '../text/place.ts';
import { explain } from './explain.ts';
import { role, scenario, target, team } from './generated/validators.ts';
import type { SchemaName } from './schema-name.ts';
import { mostTelling, type SchemaError } from './union.ts';

interface Validator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

const VALIDATORS: Readonly<Record<SchemaName, Validator>> = { team, role, scenario, target };

/** What is wrong with data: one human sentence per mistake in document order, none when it fits its schema. */
export function mistakes(name: SchemaName, data: unknown, at: Place): readonly Diagnostic[] {
  const validate = VALIDATORS[name];
  if (validate(data)) return [];
  const orderOf = orders(data);
  return mostTelling(validate.errors ?? [])
    .map((error) => {
      const steps = pointerOf(error.instancePath, data);
      const problem = explain(error, steps, below(at, ...steps));
      return { problem, order: orderOf(problem.at.pointer.slice(at.pointer.length)) };
    })
    .toSorted((a, b) => compare(a.order, b.order))
    .map(({ problem }) => problem);
}

/** Turns ajv's JSON pointer into steps; digits are indices where the data is a list. */
function pointerOf(path: string, data: unknown): Pointer {
  const steps: (string | number)[] = [];
  let value = data;
  for (const part of path.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const step = Array.isArray(value) ? Number(key) : key;
    steps.push(step);
    value = (value as Record<string | number, unknown> | undefined)?.[step];
  }
  return steps;
}

/** Says where a value stands in its document: the position of each step among its siblings. */
function orders(data: unknown): (pointer: Pointer) => readonly number[] {
  const positions = new Map<object, ReadonlyMap<string, number>>();
  const positionsIn = (map: object): ReadonlyMap<string, number> => {
    const known = positions.get(map) ?? new Map(Object.keys(map).map((key, index) => [key, index]));
    positions.set(map, known);
    return known;
  };
  return (pointer) => {
    let value = data;
    return pointer.map((step) => {
      const inner = (value ?? {}) as Record<string | number, unknown>;
      value = inner[step];
      return typeof step === 'number' ? step : (positionsIn(Object(inner)).get(step) ?? -1);
    });
  };
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((position, depth) => position !== b[depth]);
  if (index === -1) return a.length - b.length;
  return index < b.length ? a[index]! - b[index]! : 1;
}

/**
 * The items of a value that may stand alone or in a list, each with its steps from the value.
 * Holes, left where something could not be read, are skipped.
 */
export function items<T>(value: T | readonly T[] | undefined | null): readonly { item: T; steps: readonly number[] }[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [{ item: value as T, steps: [] }];
  return (value as readonly (T | undefined)[]).flatMap((item, index) =>
    item === undefined || item === null ? [] : [{ item, steps: [index] }],
  );
}

/** The same without the steps. */
export function listOf<T>(value: T | readonly T[] | undefined | null): readonly T[] {
  return items(value).map(({ item }) => item);
}

/** A value that may be a map, as its entries without holes; `x-` keys are left out. */
export function entries<T>(value: { readonly [key: string]: T } | undefined): readonly (readonly [string, T])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).filter(([key, item]) => item !== undefined && item !== null && !key.startsWith('x-'));
}

/**
 * The items of a value that may stand alone or in a list, each with its steps from the value.
 * Holes, left where something could not be read, are skipped.
 */
export function items<T>(value: T | readonly T[] | undefined | null): readonly { item: T; steps: readonly number[] }[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [{ item: value as T, steps: [] }];
  const found: { item: T; steps: readonly number[] }[] = [];
  for (const [index, item] of (value as readonly (T | undefined)[]).entries())
    if (item !== undefined && item !== null) found.push({ item, steps: [index] });
  return found;
}

/** The same without the steps. */
export function listOf<T>(value: T | readonly T[] | undefined | null): readonly T[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [value as T];
  const list: readonly (T | undefined | null)[] = value;
  return list.includes(undefined) || list.includes(null)
    ? list.filter((item) => item !== undefined && item !== null)
    : (list as readonly T[]);
}

/** A value that may be a map, as its entries without holes; `x-` keys are left out. */
export function entries<T>(value: { readonly [key: string]: T } | undefined): readonly (readonly [string, T])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).filter(([key, item]) => item !== undefined && item !== null && !key.startsWith('x-'));
}

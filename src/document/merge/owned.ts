import type { Step } from './values.ts';

/** An entry of a settings file that is teamc's: a value, or a map or list that teamc made to hold values. */
export interface OwnEntry {
  readonly path: readonly Step[];
  /** The fingerprint of the value; missing for a map or list, to which others may have added. */
  readonly sha256?: string;
  /** What stood there before, where it was overwritten on request. */
  readonly before?: unknown;
}

/** Own entries as a tree of steps. */
export interface OwnTree {
  readonly entry?: OwnEntry;
  readonly below: ReadonlyMap<string, OwnTree>;
}

/** A step as a key of the tree. */
export function stepKey(step: Step): string {
  return typeof step === 'string' ? step : JSON.stringify(step);
}

/** A path as people write it. */
export function pathText(path: readonly Step[]): string {
  return path
    .map((step) =>
      typeof step === 'string' ? step : 'slug' in step ? step.slug : 'item' in step ? `${step.item}` : 'an item',
    )
    .join(' → ');
}

/** The tree of a list of entries. */
export function ownTree(entries: readonly OwnEntry[]): OwnTree {
  interface Growing {
    entry?: OwnEntry;
    below: Map<string, Growing>;
  }
  const root: Growing = { below: new Map() };
  for (const entry of entries) {
    let at = root;
    for (const step of entry.path) {
      const key = stepKey(step);
      const next = at.below.get(key) ?? { below: new Map() };
      at.below.set(key, next);
      at = next;
    }
    at.entry = entry;
  }
  return root;
}

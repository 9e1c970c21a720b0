import type { When } from '../schema/generated/definitions.ts';
import { items } from './items.ts';

/** Bounds on a measure such as utilization. */
export interface Measure {
  readonly of?: string;
  readonly lasting?: string;
  readonly bounds: readonly (readonly [name: 'at-least' | 'at-most' | 'above' | 'below', value: number | string])[];
}

/**
 * What must hold for an edge or a step: a word (a failure class, a label or a moment), or labels and measures that
 * must all hold.
 */
export interface Condition {
  readonly word?: string;
  /** Each label with the values of which any one is enough. */
  readonly labels: readonly (readonly [label: string, values: readonly string[]])[];
  readonly measures: readonly (readonly [measure: string, bound: Measure])[];
  /** Steps from `when` to this condition. */
  readonly steps: readonly number[];
}

const BOUNDS = ['at-least', 'at-most', 'above', 'below'] as const;

/** Reads `when`: one condition, or a list of which any one is enough. */
export function conditionsOf(when: When | undefined): readonly Condition[] {
  return items<unknown>(when).map(({ item, steps }) => {
    if (typeof item === 'string') return { word: item, labels: [], measures: [], steps };
    const labels: (readonly [string, readonly string[]])[] = [];
    const measures: (readonly [string, Measure])[] = [];
    for (const [key, value] of Object.entries(item as Record<string, unknown>)) {
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) measures.push([key, measureOf(value)]);
      else labels.push([key, items<unknown>(value).map(({ item: one }) => String(one))]);
    }
    return { labels, measures, steps };
  });
}

function measureOf(value: object): Measure {
  const data = value as Record<string, string | number | undefined>;
  return {
    ...(data['of'] === undefined ? {} : { of: String(data['of']) }),
    ...(data['lasting'] === undefined ? {} : { lasting: String(data['lasting']) }),
    bounds: BOUNDS.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]] as const])),
  };
}

/** The words of conditions: failure classes, labels and moments. */
export function wordsOf(conditions: readonly Condition[]): readonly string[] {
  return conditions.flatMap(({ word }) => word ?? []);
}

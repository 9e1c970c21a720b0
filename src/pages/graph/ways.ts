import type { PageCall, PageData } from '../../report/graph/page-data.ts';

/** What lights up: who is on a way, the hand-overs on it, and a shortest way from the one that is asked about. */
export interface Lit {
  readonly nodes: ReadonlySet<number>;
  /** As `from-to`. */
  readonly steps: ReadonlySet<string>;
  readonly ends: ReadonlySet<number>;
  /** Positions from the one that is asked about to one that makes the call; empty where there is no way. */
  readonly shortest: readonly Step[];
}

/** A hand-over on a way. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly asked: boolean;
  readonly by: 'delegates-to' | 'switch-role';
}

/** Finds the ways to a call: from one role, or from everybody. The hand-overs and the ends are what `teamc paths` works with. */
export function waysTo(
  { over, nodes }: Pick<PageData, 'over' | 'nodes'>,
  call: PageCall,
  from: number | undefined,
): Lit {
  const steps = over.map(([start, to, asked, by]): Step => ({ from: start, to, asked: asked === 1, by }));
  const ends = new Set(call.ends.map(([role]) => role));
  const leading = spread(ends, steps, (step) => [step.to, step.from]);
  const reached = from === undefined ? undefined : spread([from], steps, (step) => [step.from, step.to]);
  const isOn = (node: number): boolean => leading.has(node) && (reached?.has(node) ?? true);
  return {
    nodes: new Set([...leading.keys()].filter((node) => isOn(node) && node >= 0 && node < nodes.length)),
    steps: new Set(steps.filter((step) => isOn(step.from) && isOn(step.to)).map((step) => `${step.from}-${step.to}`)),
    ends: new Set([...ends].filter(isOn)),
    shortest: from === undefined || !leading.has(from) ? [] : walk(from, leading),
  };
}

/** All that can be got to from some nodes, nearest first, each with the step by which it was first met. */
function spread(
  starts: Iterable<number>,
  steps: readonly Step[],
  ends: (step: Step) => readonly [here: number, there: number],
): ReadonlyMap<number, Step | undefined> {
  const leaving = new Map<number, Step[]>();
  for (const step of steps) {
    const [here] = ends(step);
    const known = leaving.get(here);
    if (known) known.push(step);
    else leaving.set(here, [step]);
  }
  const met = new Map<number, Step | undefined>([...starts].map((start) => [start, undefined]));
  const follow = (node: number): void => {
    for (const step of leaving.get(node) ?? []) {
      const [, there] = ends(step);
      if (met.has(there)) continue;
      met.set(there, step);
      // What stands for shared rules is no step of its own: whoever is behind it is as near.
      if (there < 0) follow(there);
    }
  };
  for (const node of met.keys()) if (node >= 0) follow(node);
  return met;
}

function walk(from: number, leading: ReadonlyMap<number, Step | undefined>): readonly Step[] {
  const steps: Step[] = [];
  for (let step = leading.get(from); step; step = leading.get(step.to)) steps.push(step);
  return steps;
}

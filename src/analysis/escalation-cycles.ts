import type { Climb } from './climbs.ts';
import { shortestCycles } from './graph/shortest-cycles.ts';
import { topological } from './graph/topological.ts';
import type { Arc } from './relation.ts';

/** A ring of escalation, and the failure classes that go round in it. */
export interface EscalationCycle {
  readonly arcs: readonly Arc[];
  readonly failures: readonly string[];
}

/** The shortest ring of each knot of escalation, class by class; a ring that several classes share comes once. */
export function escalationCycles(climbs: readonly Climb[]): readonly EscalationCycle[] {
  const rings = new Map<string, { arcs: readonly Arc[]; failures: string[] }>();
  for (const { failures, graph, arcs } of climbs) {
    if (topological(graph)) continue;
    for (const cycle of shortestCycles(graph)) {
      const ring = cycle.map((arc) => arcs[arc]!);
      const key = ring.map(({ from }) => from.id).join(' ');
      const known = rings.get(key);
      if (known) known.failures.push(...failures);
      else rings.set(key, { arcs: ring, failures: [...failures] });
    }
  }
  return [...rings.values()];
}

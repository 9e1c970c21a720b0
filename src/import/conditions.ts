import { triggersOf } from './ladder.ts';
import type { Conditions, LadderItem, Recovered, Relation } from './relations/relation.ts';

/** An edge on which a role escalates, and the conditions under which it does. */
interface Edge {
  readonly first: Relation;
  readonly conditions: LadderItem[];
}

/**
 * Gives the only edge on which a role escalates the conditions under which it does. A condition that names somebody may
 * be about him: it stays prose, as all do of a role that has several such edges, or none. Answers what stays prose.
 */
export function assignConditions(
  { conditions, ladders }: Pick<Recovered, 'conditions' | 'ladders'>,
  edgesOf: (source: string) => readonly Edge[],
): readonly Conditions[] {
  const open = conditions.flatMap((list) => assign(list, edgesOf(list.source)));
  // An edge that holds under conditions must hold for what the ladder sends up it too.
  for (const { source, steps } of ladders)
    for (const { conditions: own } of edgesOf(source))
      if (own.length > 0) own.push(...steps.filter(({ by }) => by === 'escalates-to').flatMap(triggersOf));
  return open;
}

function assign(list: Conditions, [edge, another]: readonly Edge[]): readonly Conditions[] {
  if (!edge || another) return [list];
  const fits = ({ targets }: LadderItem): boolean => targets.every((name) => name === edge.first.target);
  edge.conditions.push(...list.items.filter(fits));
  const open = list.items.filter((item) => !fits(item));
  return open.length > 0 ? [{ ...list, items: open }] : [];
}

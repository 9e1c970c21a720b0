import type { TeamDefinition } from '../schema/generated/definitions.ts';
import { below, type Place } from '../text/place.ts';
import { items, listOf } from './items.ts';
import type { Scope } from './scope.ts';
import type { LadderStep } from './team.ts';

/** The ladder of a team, or the default one: the role itself, whoever handed the work over, its escalation edges. */
export function ladderOf(definition: TeamDefinition, at: Place, scope: Scope): readonly LadderStep[] {
  if (definition.escalation === undefined)
    return (['self', 'delegator', 'escalates-to'] as const).map((by) => ({ by, when: [], do: [], retries: 1, at }));
  return items(definition.escalation).map(({ item, steps }) => {
    const place = below(at, 'escalation', ...steps);
    const { name, by, timeout } = item;
    return {
      // A step that the schema refuses may name nobody.
      by: typeof by === 'object' ? scope.person(by.person, below(place, 'by', 'person')) : (by ?? 'self'),
      when: listOf(item.when),
      do: listOf(item.do),
      retries: item.retries ?? (by === 'self' ? 1 : 0),
      at: place,
      ...(name === undefined ? {} : { name }),
      ...(timeout === undefined ? {} : { timeout }),
    };
  });
}

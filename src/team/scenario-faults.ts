import type { ScenarioDefinition } from '../schema/generated/definitions.ts';
import { below, type Place } from '../text/place.ts';
import { items } from './items.ts';
import { callsOf } from './permissions.ts';
import type { Fault } from './scenario.ts';
import type { ScenarioNames } from './scenario-names.ts';
import { milliseconds, share } from './scenario-units.ts';
import type { Call } from './team.ts';

type WrittenFault = NonNullable<ScenarioDefinition['faults']>[number];

/** Reads what goes wrong in a scenario. */
export function faultsOf({ faults }: ScenarioDefinition, at: Place, names: ScenarioNames): readonly Fault[] {
  return items<WrittenFault>(faults).flatMap(({ item, steps }): readonly Fault[] => {
    const place = below(at, 'faults', ...steps);
    const chance = share('chance' in item && item.chance !== undefined ? item.chance : '100%');
    if (chance > 1) names.tell(below(place, 'chance'), 'A chance is at most 100%.');
    const fault = faultOf(item, place, names);
    return fault ? [{ ...fault, at: place, chance } as Fault] : [];
  });
}

type Kind = Fault extends infer Each ? (Each extends Fault ? Omit<Each, 'at' | 'chance'> : never) : never;

function faultOf(item: WrittenFault, at: Place, names: ScenarioNames): Kind | undefined {
  if ('tool-error' in item)
    return { kind: 'tool-error', calls: patternsAt(item['tool-error'], below(at, 'tool-error'), names) };
  if ('injected' in item)
    return { kind: 'injected', calls: patternsAt(item.injected, below(at, 'injected'), names), says: item.says };
  if ('timeout' in item) return timeoutOf(item.timeout, below(at, 'timeout'), names);
  if ('mode' in item) return modeOf(item.mode, item.at, at, names);
  const who = names.actor(item.unavailable, below(at, 'unavailable'));
  const from = item.from === undefined ? 0 : milliseconds(item.from);
  const lasting = item.lasting === undefined ? Number.POSITIVE_INFINITY : milliseconds(item.lasting);
  return who && { kind: 'unavailable', who, from, lasting };
}

function timeoutOf(said: string | Readonly<Record<string, string>>, at: Place, names: ScenarioNames): Kind | undefined {
  if (typeof said !== 'string') return { kind: 'timeout', calls: patternsAt(said, at, names) };
  const role = names.role(said, at);
  return role && { kind: 'timeout', role, calls: [] };
}

function modeOf(mode: string, target: string | undefined, at: Place, names: ScenarioNames): Kind | undefined {
  if (target === undefined || target === '*') return { kind: 'mode', mode };
  if (names.isTask(target)) return { kind: 'mode', mode, task: target };
  const role = names.role(target, below(at, 'at'));
  return role && { kind: 'mode', mode, role };
}

/** Calls with their places; a tool that does not exist is told. */
export function patternsAt(value: unknown, at: Place, names: ScenarioNames): readonly Call[] {
  return callsOf(value).map(({ tool, pattern, steps, inner }) => {
    names.scope.checkTool(tool, below(at, ...steps));
    return { tool, pattern, at: below(at, ...steps, ...inner) };
  });
}

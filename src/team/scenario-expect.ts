import type { ScenarioDefinition, Event as WrittenEvent } from '../schema/generated/definitions.ts';
import { below, type Place } from '../text/place.ts';
import { items } from './items.ts';
import {
  EVENT_WORDS,
  type EventPattern,
  type EventWord,
  type Expectation,
  type NumberBound,
  type Span,
} from './scenario.ts';
import { patternsAt } from './scenario-faults.ts';
import type { NameSet, ScenarioNames } from './scenario-names.ts';
import { amount, milliseconds, share } from './scenario-units.ts';

/** An expectation as it may be written; which of its keys stand there says what it is. */
interface Written {
  readonly name?: string;
  readonly never?: WrittenEvent;
  readonly eventually?: WrittenEvent;
  readonly count?: WrittenEvent;
  readonly share?: WrittenEvent;
  readonly utilization?: string;
  readonly decision?: 'allow' | 'ask' | 'deny';
  readonly after?: WrittenEvent;
  readonly before?: WrittenEvent;
  readonly within?: string;
  readonly confidence?: string;
  readonly [bound: string]: unknown;
}

/** Reads what a scenario expects. */
export function expectationsOf(
  { expect }: ScenarioDefinition,
  at: Place,
  names: ScenarioNames,
): readonly Expectation[] {
  return items(expect as readonly Written[] | undefined).map(({ item, steps }) => {
    const place = below(at, 'expect', ...steps);
    const read = (key: 'never' | 'eventually' | 'count' | 'share' | 'after' | 'before'): EventPattern =>
      patternOf(item[key] as WrittenEvent, below(place, key), names);
    const rest = restOf(item, place, read, names);
    return { name: item.name ?? spoken(item), at: place, ...rest } as Expectation;
  });
}

type Rest = Expectation extends infer Each ? (Each extends Expectation ? Omit<Each, 'name' | 'at'> : never) : never;

function restOf(
  item: Written,
  at: Place,
  read: (key: 'never' | 'eventually' | 'count' | 'share' | 'after' | 'before') => EventPattern,
  names: ScenarioNames,
): Rest {
  const confidence = confidenceOf(item, at, names);
  const span: Span = {
    ...(item.after === undefined ? {} : { after: read('after') }),
    ...(item.before === undefined ? {} : { before: read('before') }),
    ...(item.within === undefined ? {} : { within: milliseconds(item.within) }),
  };
  if (item.utilization !== undefined) {
    const of = names.roles(item.utilization, below(at, 'utilization'));
    return { kind: 'utilization', of, bounds: sharesOf(item, at, names), confidence };
  }
  if (item.never !== undefined) {
    const event = read('never');
    return { kind: 'never', event: item.decision ? { ...event, decision: item.decision } : event, ...span };
  }
  if (item.count !== undefined) return { kind: 'count', event: read('count'), bounds: boundsOf(item, at, names) };
  if (item.share !== undefined)
    return { kind: 'share', event: read('share'), bounds: sharesOf(item, at, names), confidence };
  return { kind: 'eventually', event: read('eventually'), ...span };
}

const BOUNDS = ['at-least', 'at-most', 'above', 'below'] as const;

function boundsOf(item: Written, at: Place, names: ScenarioNames): readonly NumberBound[] {
  const bounds = BOUNDS.flatMap((name): readonly NumberBound[] => {
    const value = item[name] as string | number | undefined;
    return value === undefined ? [] : [[name, amount(value)]];
  });
  if (bounds.length === 0) names.tell(at, 'This expectation needs a bound.', [...BOUNDS]);
  return bounds;
}

/** Bounds of a share, which is never more than the whole. */
function sharesOf(item: Written, at: Place, names: ScenarioNames): readonly NumberBound[] {
  const bounds = boundsOf(item, at, names);
  for (const [name, bound] of bounds) if (bound > 1) names.tell(below(at, name), 'A share is at most 100%.');
  return bounds;
}

function confidenceOf({ confidence = '95%' }: Written, at: Place, names: ScenarioNames): number {
  const found = share(confidence);
  if (found <= 0 || found >= 1)
    names.tell(
      below(at, 'confidence'),
      'A confidence lies between 0% and 100%: certain is nothing that chance decides.',
    );
  return found;
}

/** Which kinds of names each word of an event may go with. */
const KINDS: Readonly<Record<EventWord, readonly NameSet[]>> = {
  requested: ['role'],
  delegated: ['role', 'task'],
  called: [],
  asked: ['person', 'role'],
  answered: ['role', 'person', 'task'],
  approved: ['person'],
  refused: ['role', 'task'],
  failed: ['class', 'role', 'task'],
  escalated: ['step', 'role', 'person', 'class'],
  passed: ['gate', 'task'],
  done: ['task', 'role'],
};

function patternOf(event: WrittenEvent, at: Place, names: ScenarioNames): EventPattern {
  if (typeof event === 'string') return { word: event, text: event };
  const said = event as Readonly<Record<string, unknown>>;
  const words = EVENT_WORDS.filter((word) => said[word] !== undefined);
  const [word = 'done'] = words;
  if (words.length !== 1) names.tell(at, 'An event is described by exactly one of its words.', [...EVENT_WORDS]);
  const { decision, role, task } = event;
  const value = said[word];
  return {
    word,
    text: spokenEvent(event),
    ...(word === 'called' ? { calls: patternsAt(value, below(at, 'called'), names) } : {}),
    ...(typeof value === 'string' ? { names: names.ids(value, KINDS[word], below(at, word)) } : {}),
    ...(decision === undefined ? {} : { decision }),
    ...(role === undefined ? {} : { roles: new Set(names.roles(role, below(at, 'role')).map(({ id }) => id)) }),
    ...(task === undefined ? {} : { task: [...names.ids(task, ['task'], below(at, 'task'))][0] ?? task }),
  };
}

function spoken(item: Written): string {
  const [kind, value] = (['never', 'eventually', 'count', 'share', 'utilization'] as const).flatMap((key) =>
    item[key] === undefined ? [] : [[key, item[key]] as const],
  )[0] ?? ['eventually', 'done'];
  const rest = [
    ...(item.decision ? [`(${item.decision})`] : []),
    ...(['after', 'before'] as const).flatMap((key) =>
      item[key] === undefined ? [] : [`${key} ${spokenEvent(item[key])}`],
    ),
    ...(item.within ? [`within ${item.within}`] : []),
    ...BOUNDS.flatMap((name) => (item[name] === undefined ? [] : [`${name.replace('-', ' ')} ${String(item[name])}`])),
  ];
  const subject = kind === 'utilization' ? String(value) : spokenEvent(value as WrittenEvent);
  return [kind, subject, ...rest].join(' ');
}

function spokenEvent(event: WrittenEvent): string {
  if (typeof event === 'string') return event;
  return Object.entries(event)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : callsText(value)}`)
    .join(' ');
}

function callsText(value: unknown): string {
  return items<unknown>(value)
    .flatMap(({ item }) =>
      Object.entries(item as Readonly<Record<string, string | readonly string[]>>).map(
        ([tool, pattern]) => `${tool} \`${[pattern].flat().join('`, `')}\``,
      ),
    )
    .join(', ');
}

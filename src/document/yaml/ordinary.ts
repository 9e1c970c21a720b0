import { EVENT_ID, type Event, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { isCutOff } from '../cut-off.ts';
import { MAX_VALUES } from '../document.ts';

/**
 * Whether a text is plainly what the language allows: one map of text keys, without tags, aliases, nulls or surprises.
 * Almost every file is, and then nothing else needs to be looked at; duplicate keys are left to the construction of the data.
 */
export function isOrdinary(text: string, events: readonly Event[]): boolean {
  if (events.length > MAX_VALUES || events[1]?.type !== EVENT_ID.MAPPING) return false;
  // For each open collection: is a key next (in a map), or undefined (in a list).
  const keyNext: (boolean | undefined)[] = [];
  for (let at = 1; at < events.length; at++) {
    const event = events[at] as Event;
    if (event.type === EVENT_ID.POP) {
      keyNext.pop();
      continue;
    }
    const top = keyNext.length - 1;
    const key = keyNext[top];
    if (!isOrdinaryEvent(text, event, key === true)) return false;
    if (key !== undefined) keyNext[top] = !key;
    if (event.type === EVENT_ID.MAPPING) keyNext.push(true);
    else if (event.type === EVENT_ID.SEQUENCE) keyNext.push(undefined);
  }
  return true;
}

function isOrdinaryEvent(text: string, event: Event, key: boolean): boolean {
  switch (event.type) {
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return event.tagStart < 0 && !key;
    case EVENT_ID.SCALAR:
      return event.tagStart < 0 && isOrdinaryScalar(text, event, key);
    default:
      return false;
  }
}

const WORDS = /^(?:~|null|Null|NULL)$/;
const KEY = /^(?!(?:true|True|TRUE|false|False|FALSE|null|Null|NULL)$)[A-Za-z_][\w./-]*$/;

function isOrdinaryScalar(text: string, event: ScalarEvent, key: boolean): boolean {
  const { valueStart, valueEnd, style } = event;
  if (style !== SCALAR_STYLE.PLAIN)
    return valueEnd > valueStart || style === SCALAR_STYLE.DOUBLE_QUOTED || style === SCALAR_STYLE.SINGLE_QUOTED;
  if (valueStart < 0) return false;
  if (key) return KEY.test(text.slice(valueStart, valueEnd));
  if (valueEnd - valueStart <= 4 && WORDS.test(text.slice(valueStart, valueEnd))) return false;
  return !isCutOff(text, valueStart, valueEnd);
}

import { type Bullet, detailsOf } from './prompt.ts';
import { alone, listIn, type Named, quotedAt, whenIn, whoOf } from './words.ts';

/** A field with its value, or nothing where nothing was said, to be spread into an object. */
export function given(key: string, value: unknown): Record<string, unknown> {
  return value === undefined || value === '' ? {} : { [key]: value };
}

/** A text without the back ticks around it. */
export function unticked(text: string | undefined): string | undefined {
  return text?.replace(/^`(.*)`$/s, '$1');
}

/** What stands before the first `: ` of a bullet and after it; nothing after it where there is none. */
export function pair(text: string): readonly [key: string, value: string] {
  const quoted = quotedAt(text);
  if (quoted && /^(?::|$)/.test(text.slice(quoted.end)))
    return [quoted.value, text.slice(quoted.end).replace(/^: ?/, '')];
  const colon = text.indexOf(': ');
  return colon === -1 ? [text.replace(/:$/, ''), ''] : [text.slice(0, colon), text.slice(colon + 2)];
}

/** Sentences parted by `; `: one alone as a text, several as a list. */
export function texts(value: string | undefined): unknown {
  return value === undefined || value === '' ? undefined : alone(listIn(value, '; '));
}

/** Whom a detail names: a role, a person, several. */
export function who(text: string | undefined, named: Named): unknown {
  return text === undefined ? undefined : whoOf(text, named);
}

/** The condition that stands under a bullet as `When: …`. */
export function when(details: ReadonlyMap<string, string>): unknown {
  const text = details.get('When');
  return text === undefined ? undefined : whenIn(text);
}

/** The details of a section whose bullets are `Label: text` themselves. */
export function ownDetails(bullets: readonly Bullet[]): ReadonlyMap<string, string> {
  return detailsOf({ text: '', under: bullets.map(({ text }) => text) });
}

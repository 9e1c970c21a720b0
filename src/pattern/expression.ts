import { ANY, type CharSet, charSet } from './charset.ts';

/** Where a position in the text may stand: at its ends, or between a word character and another. */
export type Assertion = 'start' | 'end' | 'word' | 'not-word';

/** A regular expression as a tree. Every dialect is read into this, and `assemble` makes an automaton of it. */
export type Expression =
  | { readonly kind: 'chars'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly items: readonly Expression[] }
  | { readonly kind: 'choice'; readonly items: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly item: Expression; readonly least: number; readonly most: number }
  | { readonly kind: 'assert'; readonly what: Assertion };

/** A pattern that has no exact automaton here. A caller turns it into "undecided", or into a diagnostic. */
export class UnsupportedPattern extends Error {
  override readonly name = 'UnsupportedPattern';
  readonly pattern: string;
  readonly because: string;

  constructor(pattern: string, because: string) {
    super(`The pattern ${JSON.stringify(pattern.slice(0, 80))} can't be decided: ${because}.`);
    this.pattern = pattern;
    this.because = because;
  }
}

/** One character of a set. */
export function chars(set: CharSet): Expression {
  return { kind: 'chars', set };
}

/** Exactly this text. */
export function text(literal: string): Expression {
  return sequence(...Array.from({ length: literal.length }, (_, at) => unit(literal.charCodeAt(at))));
}

/** Exactly this code unit. */
export function unit(code: number): Expression {
  return chars(charSet([code, code]));
}

/** One after the other. */
export function sequence(...items: readonly Expression[]): Expression {
  return items.length === 1 ? items[0]! : { kind: 'sequence', items };
}

/** One of them. */
export function choice(...items: readonly Expression[]): Expression {
  return items.length === 1 ? items[0]! : { kind: 'choice', items };
}

/** Any number of times, none included. */
export function many(item: Expression): Expression {
  return { kind: 'repeat', item, least: 0, most: Number.POSITIVE_INFINITY };
}

/** Once or more. */
export function some(item: Expression): Expression {
  return { kind: 'repeat', item, least: 1, most: Number.POSITIVE_INFINITY };
}

/** Once or not at all. */
export function maybe(item: Expression): Expression {
  return { kind: 'repeat', item, least: 0, most: 1 };
}

/** Any text, the empty one included. */
export const anything: Expression = many(chars(ANY));

import { compare } from '../../pattern/compare.ts';
import { UnsupportedPattern } from '../../pattern/expression.ts';
import { policyOfRegExp } from '../../pattern/look-ahead.ts';
import type { Policy } from '../../pattern/policy.ts';
import { pathGlobs } from './opencode-patterns.ts';

/** How many plain alternatives a regular expression may come to, and how long it may be: to prove what is longer takes too long. */
const MOST = 64;
const LONGEST = 1_000;

/**
 * The globs that match exactly the paths that a `fileRegex` of Roo matches, which it tests without anchors; nothing where
 * there are none, or where it could not be proved that they mean the same.
 */
export function globsOfRegex(source: string): readonly string[] | undefined {
  const alternatives = source.length > LONGEST ? undefined : expand(source);
  if (!alternatives) return undefined;
  const globs = [...new Set(alternatives.flatMap((one) => (one === undefined ? [] : pathGlobs(one).patterns)))];
  if (globs.length === 0 || globs.length > MOST || alternatives.includes(undefined)) return undefined;
  return isSame(source, globs) ? globs : undefined;
}

function isSame(source: string, globs: readonly string[]): boolean {
  const rules = globs.map((pattern) => ({ dialect: 'path', pattern, decision: 'allow' }) as const);
  const written: Policy = { lists: [{ otherwise: 'deny', rules }] };
  try {
    return compare(policyOfRegExp(source), written, { domain: 'path' }).verdict === 'equal';
  } catch (error) {
    if (error instanceof UnsupportedPattern) return false;
    throw error;
  }
}

/** The alternatives of an expression, each as a text in which `*` stands for anything; nothing where it holds more than that. */
function expand(source: string): readonly (string | undefined)[] | undefined {
  const reader = new Alternatives(source);
  const found = reader.whole();
  return found?.map((one) => wildcard(one));
}

/** Anchors become nothing, and where one is missing anything may stand. */
function wildcard(text: string): string | undefined {
  const start = text.startsWith('^');
  const end = text.endsWith('$');
  const inner = text.slice(start ? 1 : 0, end ? -1 : undefined);
  if (/[\^$]/.test(inner)) return undefined;
  return `${start ? '' : '*'}${inner}${end ? '' : '*'}`.replace(/\*+/g, '*');
}

/** Reads groups, alternatives, `.*`, and characters that stand for themselves. */
class Alternatives {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  whole(): readonly string[] | undefined {
    const found = this.#choice();
    return found && this.#at === this.#source.length ? found : undefined;
  }

  #choice(): readonly string[] | undefined {
    const all: string[] = [];
    do {
      const one = this.#sequence();
      if (!one || all.length + one.length > MOST) return undefined;
      all.push(...one);
    } while (this.#take('|'));
    return all;
  }

  #sequence(): readonly string[] | undefined {
    let found: readonly string[] = [''];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at]!)) {
      const next = this.#atom();
      if (!next) return undefined;
      const all = found.flatMap((start) => next.map((end) => start + end));
      if (all.length > MOST) return undefined;
      found = all;
    }
    return found;
  }

  #atom(): readonly string[] | undefined {
    const one = this.#single();
    if (!one) return undefined;
    if (this.#take('?')) return [...one, ''];
    return /^[*+{]/.test(this.#source.slice(this.#at)) ? undefined : one;
  }

  #single(): readonly string[] | undefined {
    if (this.#take('(')) {
      this.#take('?:');
      const inner = this.#choice();
      return inner && this.#take(')') ? inner : undefined;
    }
    if (this.#take('.*') || this.#take('.+')) return ['*'];
    const escaped = /^\\([./\\()[\]{}+*?^$|-])/.exec(this.#source.slice(this.#at))?.[1];
    if (escaped !== undefined) {
      this.#at += 2;
      return '*?^$'.includes(escaped) ? undefined : [escaped];
    }
    const plain = this.#source[this.#at]!;
    if (/[.[\]{}*+?()\\]/.test(plain)) return undefined;
    this.#at++;
    return [plain];
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}

import { ANY, type CharSet, charsOf, complement } from './charset.ts';
import { anything, chars, type Expression, many, maybe, sequence, text, unit } from './expression.ts';
import { squeezeBlanks } from './normal.ts';

const space = text(' ');
const slashUnit = unit(0x2f);

/** What may stand for `*` and `?` in a host: nothing that would end it, and no `@`, which would make it a user's name. */
const inHost: CharSet = complement(charsOf('/\\?#@'));

/** teamc's commands: `*` is any text, `?` one character, a trailing ` *` optional; blanks outside quotes count as one. */
export function command(pattern: string): Expression {
  return withOptionalTail(squeezeBlanks(pattern), wildcard);
}

/** Names of roles, tools and servers: `*` is any text, `?` one character. */
export function name(pattern: string): Expression {
  return sequence(...wildcard(pattern));
}

/**
 * teamc's URLs. Before the first `/` after `://`, `*` and `?` stay within the host, so that `https://*.example.com/*` does
 * not match `https://evil.net/.example.com/`. A pattern without `://` has no such place.
 */
export function url(pattern: string): Expression {
  const scheme = pattern.indexOf('://');
  if (scheme === -1) return name(pattern);
  const slash = pattern.indexOf('/', scheme + 3);
  const hostEnd = slash === -1 ? pattern.length : slash;
  return sequence(...wildcard(pattern.slice(0, hostEnd), inHost), ...wildcard(pattern.slice(hostEnd)));
}

/**
 * opencode's wildcard (1.18, `Wildcard.match`): `*` is any text, `?` one character, a trailing ` *` optional, `\` counts as `/` on
 * both sides, nothing else is special. Case-sensitive, as it is everywhere but on Windows.
 */
export function opencode(pattern: string): Expression {
  const slash = charsOf('/\\');
  const items = (part: string): Expression[] =>
    wildcard(part.replaceAll('\\', '/')).map((item) => (item === slashUnit ? chars(slash) : item));
  return withOptionalTail(pattern.replaceAll('\\', '/'), items);
}

/**
 * Claude Code's `Bash(…)` (2.1): `X:*` is the command X with or without arguments; with a `*` the pattern is a wildcard, and
 * one whose only `*` is a trailing ` *` also matches without it; else it is exact. `\*` is a star itself.
 */
export function claudeBash(pattern: string): Expression {
  const squeezed = squeezeBlanks(pattern);
  if (squeezed.endsWith(':*')) {
    return sequence(...claudeItems(squeezed.slice(0, -2)), maybe(sequence(space, anything)));
  }
  const items = claudeItems(squeezed);
  const stars = items.filter((item) => item === anything).length;
  if (stars !== 1 || !squeezed.endsWith(' *')) return sequence(...items);
  return sequence(...items.slice(0, -2), maybe(sequence(space, anything)));
}

/** Roo's `allowedCommands` and `deniedCommands`: a prefix, whatever the case; `*` is every command. */
export function rooPrefix(pattern: string): Expression {
  if (pattern === '*') return anything;
  return sequence(...Array.from(pattern.toLowerCase(), (char) => lowered(char)), anything);
}

function lowered(char: string): Expression {
  if (char.length > 1) return text(char);
  const capitals = [char.toUpperCase(), ...(LOWERED_TO[char] ?? '')].filter(
    (capital) => capital.length === 1 && capital.toLowerCase() === char,
  );
  return chars(charsOf(char + capitals.join('')));
}

/** Capitals that `toLowerCase` brings to a letter whose `toUpperCase` is another one. */
const LOWERED_TO: Readonly<Record<string, string>> = {
  k: '\u212a',
  å: '\u212b',
  ω: '\u2126',
  θ: '\u03f4',
  ß: '\u1e9e',
};

/** The items of a wildcard pattern: `*` is any number of `within`, `?` one of it. */
function wildcard(pattern: string, within: CharSet = ANY): Expression[] {
  const one = chars(within);
  const star = many(one);
  const items: Expression[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at]!;
    if (char === '/') items.push(slashUnit);
    else if (char === '?') items.push(one);
    else if (char !== '*') items.push(unit(pattern.charCodeAt(at)));
    else if (items.at(-1) !== star) items.push(star);
  }
  return items;
}

function withOptionalTail(pattern: string, items: (part: string) => Expression[]): Expression {
  if (!pattern.endsWith(' *')) return sequence(...items(pattern));
  return sequence(...items(pattern.slice(0, -2)), maybe(sequence(space, anything)));
}

function claudeItems(pattern: string): Expression[] {
  const items: Expression[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const escaped = pattern[at] === '\\' && (pattern[at + 1] === '*' || pattern[at + 1] === '\\');
    if (escaped) at += 1;
    if (escaped || pattern[at] !== '*') items.push(unit(pattern.charCodeAt(at)));
    else if (items.at(-1) !== anything) items.push(anything);
  }
  return items;
}

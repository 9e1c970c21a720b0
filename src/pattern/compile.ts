import { assemble } from './assemble.ts';
import { type Expression, UnsupportedPattern } from './expression.ts';
import { withinProject } from './gate.ts';
import { claudePath, type Glob, path } from './glob.ts';
import { normalizePath, squeezeBlanks } from './normal.ts';
import type { Dialect } from './policy.ts';
import type { Program } from './program.ts';
import { regexp } from './regexp.ts';
import { claudeBash, command, name, opencode, rooPrefix, url } from './wildcard.ts';

const expressions: Readonly<Record<Exclude<Dialect, 'path' | 'claude-path'>, (pattern: string) => Expression>> = {
  command,
  name,
  url,
  opencode,
  regexp,
  'claude-bash': claudeBash,
  'roo-prefix': rooPrefix,
};

const compiled = new Map<string, Program | UnsupportedPattern>();
const MOST_KEPT = 20_000;

/** The automaton of a pattern, made once. Throws `UnsupportedPattern` for one that has no exact automaton. */
export function compile(dialect: Dialect, pattern: string): Program {
  const key = `${dialect} ${pattern}`;
  let known = compiled.get(key);
  if (!known) {
    if (compiled.size >= MOST_KEPT) compiled.clear();
    known = attempt(dialect, pattern);
    compiled.set(key, known);
  }
  if (known instanceof UnsupportedPattern) throw known;
  return known;
}

/** No pattern of more characters has an automaton of bearable size. */
const LONGEST = 20_000;

function attempt(dialect: Dialect, pattern: string): Program | UnsupportedPattern {
  if (pattern.length > LONGEST) return new UnsupportedPattern(pattern, 'it is too large');
  try {
    if (dialect === 'path') return compileGlob(path(pattern), pattern);
    if (dialect === 'claude-path') return compileGlob(claudePath(pattern), pattern);
    return assemble(expressions[dialect](pattern), pattern);
  } catch (error) {
    if (error instanceof UnsupportedPattern) return error;
    throw error;
  }
}

function compileGlob({ expression, outside }: Glob, pattern: string): Program {
  const program = assemble(expression, pattern);
  return outside ? program : withinProject(program);
}

/** A path of plain names, which is normal already. */
const NORMAL = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;

/** An argument in the form in which a dialect matches it: blanks squeezed in commands, paths normalized. */
export function canonical(dialect: Dialect, argument: string): string {
  switch (dialect) {
    case 'path':
    case 'claude-path':
      return NORMAL.test(argument) ? argument : normalizePath(argument);
    case 'command':
    case 'claude-bash':
      return squeezeBlanks(argument);
    case 'roo-prefix':
      return argument.trim();
    default:
      return argument;
  }
}

import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { WORD_CHARS } from './assemble.ts';
import { between, type CharSet, charSet, charsOf, complement, union } from './charset.ts';
import { anything, chars, choice, type Expression, sequence, UnsupportedPattern } from './expression.ts';

const LONGEST = 4_000;
const DEEPEST = 100;
const MOST_REPEATS = 1_000;

/**
 * A JavaScript regular expression without flags, as `new RegExp(pattern).test(text)` reads it: unanchored.
 * Throws `UnsupportedPattern` for what has no regular meaning here (lookaround, backreferences, modifiers), for what is
 * too large, and for what JavaScript itself refuses.
 */
export function regexp(pattern: string): Expression {
  if (pattern.length > LONGEST) throw new UnsupportedPattern(pattern, `it is longer than ${LONGEST} characters`);
  const body = readChoice(parseRegExp(pattern).alternatives, pattern);
  return sequence(anything, body, anything);
}

/** The tree of a regular expression without flags. Throws `UnsupportedPattern` for what JavaScript refuses or nests too deep. */
export function parseRegExp(pattern: string): AST.Pattern {
  if (nesting(pattern) > DEEPEST) throw new UnsupportedPattern(pattern, `it is nested deeper than ${DEEPEST}`);
  try {
    return new RegExpParser({ ecmaVersion: 2025 }).parsePattern(pattern);
  } catch (error) {
    throw new UnsupportedPattern(pattern, error instanceof Error ? error.message.replace(/\.$/, '') : String(error));
  }
}

/** At least as deep as the groups are nested: brackets in classes are counted as well. */
function nesting(pattern: string): number {
  let depth = 0;
  let deepest = 0;
  for (const char of pattern) {
    if (char === '(') depth += 1;
    else if (char === ')' && depth > 0) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function readChoice(alternatives: readonly AST.Alternative[], pattern: string): Expression {
  return choice(...alternatives.map((one) => sequence(...one.elements.map((element) => read(element, pattern)))));
}

function read(node: AST.Element, pattern: string): Expression {
  switch (node.type) {
    case 'Character':
      return chars(charSet([node.value, node.value]));
    case 'CharacterSet':
      return chars(setOf(node, pattern));
    case 'CharacterClass':
      return chars(classOf(node, pattern));
    case 'CapturingGroup':
      return readChoice(node.alternatives, pattern);
    case 'Group':
      if (node.modifiers) throw new UnsupportedPattern(pattern, 'it changes flags within');
      return readChoice(node.alternatives, pattern);
    case 'Quantifier':
      return readQuantifier(node, pattern);
    case 'Assertion':
      return readAssertion(node, pattern);
    default:
      throw new UnsupportedPattern(
        pattern,
        node.type === 'Backreference' ? 'it has a backreference' : `it has ${node.raw}`,
      );
  }
}

function readQuantifier(node: AST.Quantifier, pattern: string): Expression {
  const most = node.max === Number.POSITIVE_INFINITY ? node.min : node.max;
  if (most > MOST_REPEATS) throw new UnsupportedPattern(pattern, `it repeats more than ${MOST_REPEATS} times`);
  return { kind: 'repeat', item: read(node.element, pattern), least: node.min, most: node.max };
}

function readAssertion(node: AST.Assertion, pattern: string): Expression {
  switch (node.kind) {
    case 'start':
    case 'end':
      return { kind: 'assert', what: node.kind };
    case 'word':
      return { kind: 'assert', what: node.negate ? 'not-word' : 'word' };
    default:
      throw new UnsupportedPattern(pattern, 'it looks ahead or behind');
  }
}

function classOf(node: AST.CharacterClass, pattern: string): CharSet {
  const members = node.elements.map((element): CharSet => {
    if (element.type === 'Character') return charSet([element.value, element.value]);
    if (element.type === 'CharacterClassRange') return charSet([element.min.value, element.max.value]);
    if (element.type === 'CharacterSet') return setOf(element, pattern);
    throw new UnsupportedPattern(pattern, `it has the class ${element.raw}`);
  });
  const listed = union(...members);
  return node.negate ? complement(listed) : listed;
}

function setOf(node: AST.CharacterSet, pattern: string): CharSet {
  if (node.kind === 'any') return complement(LINE_ENDS);
  if (node.kind === 'property') throw new UnsupportedPattern(pattern, `it has ${node.raw}`);
  const set = { digit: between('0', '9'), space: SPACES, word: WORD_CHARS }[node.kind];
  return node.negate ? complement(set) : set;
}

const LINE_ENDS = charsOf('\n\r\u2028\u2029');

/** `\s`: WhiteSpace and LineTerminator of ECMAScript. */
const SPACES = union(
  charsOf('\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff'),
  between('\u2000', '\u200a'),
);

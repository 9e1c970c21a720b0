import { assemble } from './assemble.ts';
import { between, type CharSet, charSet, charsOf, LAST_UNIT, union, without } from './charset.ts';
import { anything, chars, choice, type Expression, many, maybe, sequence, some, text } from './expression.ts';
import { withinProject } from './gate.ts';
import type { CompiledList } from './list-machine.ts';
import { run } from './program.ts';

/**
 * The plausible arguments that a question is about. `command`: one simple command, blanks already squeezed, without assignment,
 * redirection, operator, substitution, newline or `sh -c`. `path`: a normalized path in the project, `outside-path`: one that leads out
 * of it. `url`: http or https. `name`: a role, tool or server. `any`: every string.
 */
export type Domain = 'command' | 'path' | 'outside-path' | 'url' | 'name' | 'any';

const ALLOW = 2;
const DENY = 0;

const made = new Map<Domain, CompiledList>();

/** A domain as a rule list: its arguments are those that it allows. */
export function domainList(domain: Domain): CompiledList {
  let list = made.get(domain);
  if (!list) {
    list = make(domain);
    made.set(domain, list);
  }
  return list;
}

/** Whether an argument is one of a domain. */
export function isInDomain(domain: Domain, argument: string): boolean {
  const { programs, ranks, otherwise } = domainList(domain);
  const last = programs.findLastIndex((program) => run(program, argument));
  return (ranks[last] ?? otherwise) === ALLOW;
}

function make(domain: Domain): CompiledList {
  switch (domain) {
    case 'command':
      return allowing(assemble(simpleCommand, domain), ...notSimple.map((expression) => assemble(expression, domain)));
    case 'path':
      return allowing(withinProject(assemble(segments, domain)));
    case 'outside-path':
      return allowing(assemble(outside, domain));
    case 'url':
      return allowing(assemble(webAddress, domain));
    case 'name':
      return allowing(assemble(plainName, domain));
    case 'any':
      return { programs: [], ranks: [], otherwise: ALLOW };
  }
}

function allowing(...[good, ...bad]: readonly ReturnType<typeof assemble>[]): CompiledList {
  return { programs: [good!, ...bad], ranks: [ALLOW, ...bad.map(() => DENY)], otherwise: DENY };
}

/** Everything but control characters and line ends. */
const printable: CharSet = without(
  charSet([0x20, LAST_UNIT]),
  union(between('\u007f', '\u009f'), between('\u2028', '\u2029')),
);
const visible = without(printable, charsOf(' '));
const space = text(' ');
const but = (set: CharSet, excluded: string): Expression => chars(without(set, charsOf(excluded)));

// Commands: words of plain characters, quotations, and what a backslash or a dollar introduces.

const wordChars = without(visible, charsOf(';&|<>()$`"\'\\'));
const escaped = sequence(text('\\'), chars(printable));
const singleQuoted = sequence(text("'"), many(but(printable, "'")), text("'"));
const quotedPlain = choice(but(printable, '"`\\$'), escaped);
const variable = sequence(text('$'), but(wordChars, '['));
const quotedVariable = sequence(text('$'), but(printable, '([`"\\$'));
const doubleQuoted = sequence(text('"'), many(choice(quotedPlain, quotedVariable)), text('"'));
const anywhere = choice(escaped, singleQuoted, doubleQuoted, variable);
const word = sequence(
  choice(but(wordChars, '#'), anywhere),
  many(choice(chars(wordChars), anywhere)),
  maybe(text('$')),
);
const commandName = choice(
  text('['),
  some(choice(but(wordChars, '#*?[]{}!='), escaped, singleQuoted, sequence(text('"'), many(quotedPlain), text('"')))),
);
const simpleCommand = sequence(commandName, many(sequence(space, word)));

const arguments_ = maybe(sequence(space, anything));
const oneOf = (words: string): Expression => choice(...words.split(' ').map((one) => text(one)));

/** First words that make it something else than a simple command. */
const notSimple: readonly Expression[] = [
  sequence(
    oneOf('if then elif else fi for while until do done case esac select function time coproc eval'),
    arguments_,
  ),
  sequence(
    maybe(sequence(many(but(visible, '\'"\\')), text('/'))),
    oneOf('sh bash dash zsh ksh ash fish'),
    space,
    maybe(sequence(anything, space)),
    text('-'),
    many(chars(union(between('a', 'z'), between('A', 'Z')))),
    text('c'),
    arguments_,
  ),
];

// Paths: segments that are neither empty nor `.` nor `..`.

const inSegment = without(printable, charsOf('/\\'));
const segment = choice(
  sequence(but(inSegment, '.'), many(chars(inSegment))),
  sequence(text('.'), but(inSegment, '.'), many(chars(inSegment))),
  sequence(text('..'), some(chars(inSegment))),
);
const segments = sequence(segment, many(sequence(text('/'), segment)));
const outside = choice(
  sequence(text('/'), maybe(segments)),
  sequence(text('~'), maybe(sequence(text('/'), segments))),
  sequence(text('..'), many(text('/..')), maybe(sequence(text('/'), segments))),
  sequence(chars(union(between('A', 'Z'), between('a', 'z'))), text(':'), maybe(sequence(text('/'), segments))),
);

const hostChars = chars(union(between('a', 'z'), between('0', '9')));
const hostLabel = sequence(hostChars, maybe(sequence(many(choice(hostChars, text('-'))), hostChars)));
const webAddress = sequence(
  text('http'),
  maybe(text('s')),
  text('://'),
  hostLabel,
  many(sequence(text('.'), hostLabel)),
  maybe(sequence(text(':'), some(chars(between('0', '9'))))),
  text('/'),
  many(but(visible, '\\"<>`{}|^')),
);

const plainName = sequence(but(visible, '/'), many(choice(chars(visible), sequence(space, chars(visible)))));

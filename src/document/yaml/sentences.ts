import type { YAMLParseError } from 'yaml';
import type { Fix } from '../../diagnostic/diagnostic.ts';
import { lineEnd } from '../cut-off.ts';
import type { Range } from '../document.ts';
import { excerpt } from '../problem.ts';

/** What to say about an error: the sentence, what to do, and where it is clear the repair. Offsets are the text's own. */
export interface Saying {
  readonly message: string;
  readonly help: string;
  readonly span?: Range;
  readonly fix?: {
    readonly title: string;
    readonly safety: Fix['safety'];
    readonly range: Range;
    readonly text: string;
  };
}

type Code = YAMLParseError['code'];

/** An error within its text. `stop` is where js-yaml gave up, which is sometimes the better place. */
interface Context {
  readonly detail: string;
  readonly text: string;
  readonly range: Range;
  readonly stop: number;
}

/** Our sentence for an error of the `yaml` package, by its code and, where a code means several things, its detail. */
export function sentences(code: Code, detail: string, text: string, range: Range, stop: number): Saying {
  return SAYINGS[code]({ detail, text, range, stop });
}

const QUOTE = 'Quote the value if it is meant as text.';

const SAYINGS: Readonly<Record<Code, (context: Context) => Saying>> = {
  ALIAS_PROPS: (c) => ({
    message: `${shown(c)} stands before an alias, which takes neither a tag nor an anchor.`,
    help: 'Remove it.',
  }),
  BAD_ALIAS: (c) => ({ message: `${shown(c)} is read as an alias or anchor, and has no proper name.`, help: QUOTE }),
  BAD_COLLECTION_TYPE: (c) => ({
    message: `The tag ${shown(c)} doesn't fit the value after it.`,
    help: 'Remove the tag.',
  }),
  BAD_DIRECTIVE: (c) => ({
    message: `${shown(c)} is read as a YAML directive.`,
    help: 'Remove the line, or indent it if it is text.',
  }),
  BAD_DQ_ESCAPE: badEscape,
  BAD_INDENT: indentation,
  BAD_PROP_ORDER: (c) => ({
    message: `${shown(c)} stands before the dash or colon it belongs behind.`,
    help: 'Move it behind.',
  }),
  BAD_SCALAR_START: (c) => ({ message: `A value can't begin with ${shown(c)} unless it is quoted.`, help: QUOTE }),
  BLOCK_AS_IMPLICIT_KEY: underValue,
  BLOCK_IN_FLOW: (c) => ({
    message: `${shown(c)} begins a list or map on lines of its own inside of brackets.`,
    help: 'Write it in brackets too, or take the outer brackets away.',
  }),
  DUPLICATE_KEY: (c) => ({ message: `${shown(c)} is written twice in the same map.`, help: 'Remove one of the two.' }),
  IMPOSSIBLE: (c) => ({
    message: `${shown(c)} can't be read as YAML.`,
    help: 'Look for a missing quote, bracket or colon before it.',
  }),
  KEY_OVER_1024_CHARS: () => ({
    message: 'A key is longer than 1024 characters.',
    help: 'Look for a missing quote or colon before it.',
  }),
  MISSING_CHAR: missing,
  MULTILINE_IMPLICIT_KEY: underValue,
  MULTIPLE_ANCHORS: (c) => ({
    message: `${shown(c)} is a second anchor on the same value.`,
    help: 'Keep one of the two.',
  }),
  MULTIPLE_DOCS: () => ({
    message: 'The file holds more than one YAML document.',
    help: 'Move what follows to a file of its own.',
  }),
  MULTIPLE_TAGS: (c) => ({ message: `${shown(c)} is a second tag on the same value.`, help: 'Remove the tags.' }),
  NON_STRING_KEY: (c) => ({ message: `The key ${shown(c)} is not text.`, help: 'Quote it.' }),
  RESOURCE_EXHAUSTION: () => ({ message: 'The file nests too deep to be read.', help: 'Flatten it.' }),
  TAB_AS_INDENT: tab,
  TAG_RESOLVE_FAILED: (c) => ({
    message: `${shown(c)} is a custom YAML tag, and teamc reads none.`,
    help: 'Remove the tag, or quote the value if it is meant as text.',
  }),
  UNEXPECTED_TOKEN: unexpected,
};

function shown({ text, range: [from, to] }: Context): string {
  const end = lineEnd(text, from);
  const source = excerpt(text.slice(from, Math.min(end, Math.max(to, from + 1)))) || excerpt(text.slice(from, end));
  return source === '' ? 'What ends here' : `\`${source}\``;
}

function badEscape({ text, range }: Context): Saying {
  const at = Math.max(0, text.indexOf('\\', range[0]));
  return {
    message: `\`${text.slice(at, at + 2)}\` is no escape that YAML knows in double quotes.`,
    help: 'Double the backslash, or use single quotes, in which a backslash is just that.',
    span: [at, at + 2],
    fix: { title: 'Double the backslash', safety: 'safe', range: [at, at + 1], text: '\\\\' },
  };
}

function lineOf(text: string, at: number): Range {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const blanks = /^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0;
  return [Math.min(start + blanks, lineEnd(text, start)), lineEnd(text, start)];
}

function indentation(context: Context): Saying {
  const { detail, text, range, stop } = context;
  const closer = /end with a (.)/.exec(detail)?.[1];
  if (closer) {
    const kind = closer === ']' ? 'list' : 'map';
    return {
      message: `A \`${closer}\` is missing before ${shown(context)}.`,
      help: `Close the ${kind}, or indent what belongs to it deeper than its key.`,
    };
  }
  return {
    message: `The indentation of \`${excerpt(text.slice(...lineOf(text, range[0])))}\` fits none of the lines above it.`,
    help: 'Indent it with as many spaces as the lines it belongs to.',
    span: lineOf(text, Math.min(stop, range[0])),
  };
}

/** A line that is indented below a value which is already complete. */
function underValue(context: Context): Saying {
  const { text, range, stop } = context;
  const [from, to] = lineOf(text, stop);
  if (lineOf(text, range[0])[0] === from) return range[0] < from ? indentation(context) : unexpected(context);
  const blank = missingBlank(text, range[0]);
  if (blank) return blank;
  if (lineOf(text, range[0])[0] === range[0] && !/^[^\n]*:\s/.test(text.slice(range[0], lineEnd(text, range[0]))))
    return missingColon(text, range[0]);
  return {
    message: `\`${excerpt(text.slice(from, to))}\` is indented as if it were part of the value above it.`,
    help: 'Give it the indentation of the keys around it, or take the value above away.',
    span: [from, to],
  };
}

function missing(context: Context): Saying {
  const { detail, text, range } = context;
  if (/closing/.test(detail))
    return {
      message: `A text in quotes is never closed before ${shown(context)}.`,
      help: 'Write the closing quote where the text ends.',
    };
  if (/, or :|, between/.test(detail)) return missingComma(text, range[0]);
  if (/Comments/.test(detail))
    return {
      message: 'A blank is missing before the comment.',
      help: 'Write a blank before #, or quote the value if # belongs to it.',
    };
  if (/separated/.test(detail))
    return { message: `A blank is missing after the tag or anchor ${shown(context)}.`, help: QUOTE };
  if (/space after :/.test(detail))
    return {
      message: `A blank is missing after the colon at ${shown(context)}.`,
      help: 'Write a blank after the colon.',
    };
  if (/without -/.test(detail))
    return {
      message: `${shown(context)} stands among the items of a list, but doesn't begin with a dash.`,
      help: 'Write a dash and a blank before it, or indent it as a key.',
    };
  return missingBlank(text, range[0]) ?? missingColon(text, range[0]);
}

function missingComma(text: string, at: number): Saying {
  const next = /^[^,\]}\n]*/.exec(text.slice(at))?.[0] ?? '';
  const end = text.slice(0, at).trimEnd().length;
  return {
    message: `A comma is missing before \`${excerpt(next)}\`.`,
    help: 'Write a comma between the items, or quote the item if this belongs to it.',
    span: [at, at + Math.max(1, next.trimEnd().length)],
    fix: { title: 'Insert a comma', safety: 'unsafe', range: [end, end], text: ',' },
  };
}

function missingBlank(text: string, at: number): Saying | undefined {
  const [start, end] = lineOf(text, at);
  const match = /^(?:- +)?([\w-]+):(?=[^\s:/])/.exec(text.slice(start, end));
  if (!match) return undefined;
  const colon = start + match[0].length;
  return {
    message: `A blank is missing after the colon of \`${match[1]}\`.`,
    help: 'Write a blank after the colon.',
    span: [start, end],
    fix: { title: 'Insert a blank', safety: 'safe', range: [colon, colon], text: ' ' },
  };
}

function missingColon(text: string, at: number): Saying {
  const [start, end] = lineOf(text, at);
  return {
    message: `\`${excerpt(text.slice(start, end))}\` stands where a key should, and has no colon.`,
    help: 'Write `key: value`, or indent the line deeper than its key if it continues the value above.',
    span: [start, end],
  };
}

function tab({ text, range: [from] }: Context): Saying {
  const [start, end] = lineOf(text, from);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const blanks = text.slice(lineStart, start);
  return {
    message: `\`${excerpt(text.slice(start, end))}\` is indented with a tab, and YAML takes only spaces.`,
    help: 'Replace the tab with spaces.',
    span: [lineStart, Math.max(start, lineStart)],
    fix: {
      title: 'Replace tabs with two spaces each',
      safety: 'unsafe',
      range: [lineStart, start],
      text: blanks.replaceAll('\t', '  '),
    },
  };
}

function unexpected(context: Context): Saying {
  const { detail, text, range } = context;
  if (/block-seq-ind/.test(detail))
    return {
      message: 'A list with dashes begins on the line of its key.',
      help: 'Begin it on the next line, or write [a, b].',
    };
  if (/Unexpected ,|empty item/.test(detail))
    return {
      message: 'A comma stands where a value is expected.',
      help: 'Remove the comma, or write a value before it.',
    };
  const closer = /flow-(?:seq|map)-end/.test(detail) || /^[\]}]/.test(text.slice(range[0]));
  if (closer) return { message: `${shown(context)} closes a bracket that isn't open.`, help: `Remove it. ${QUOTE}` };
  return { message: `${shown(context)} follows a value that is already complete.`, help: QUOTE };
}

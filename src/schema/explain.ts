import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { below, keyOf, type Place, type Pointer } from '../text/place.ts';
import type { SchemaError } from './union.ts';

/** Says in one sentence what is wrong with a value, and what to do about it. */
export function explain(error: SchemaError, steps: Pointer, at: Place): Diagnostic {
  const mistake: Mistake = { error, at, field: label(steps) };
  const saying = SAYINGS[error.keyword] ?? otherwise;
  return { rule: 'schema', severity: 'error', at, ...saying(mistake) };
}

interface Mistake {
  readonly error: SchemaError;
  readonly at: Place;
  /** The value in quotes, by the way that leads to it; empty for the whole file. */
  readonly field: string;
}

type Saying = Pick<Diagnostic, 'message'> & Partial<Pick<Diagnostic, 'at' | 'help' | 'fix'>>;

const SAYINGS: Readonly<Record<string, (mistake: Mistake) => Saying>> = {
  additionalProperties: unknownKey,
  required: missing,
  'needs-one': ({ field, error }) => ({ message: `${field} needs ${list(error.params['of'] as string[])}.` }),
  'needs-exactly-one': ({ field, error }) => ({
    message: `${field} needs exactly one of ${list(error.params['of'] as string[])}.`,
    help: 'Write one item for each decision; they are read top to bottom, and the last match wins.',
  }),
  enum: notOneOf,
  const: ({ field, error }) => ({
    message: `${field} is ${show(error.data)}; it must be ${JSON.stringify(error.params['allowedValue'])}.`,
  }),
  type: wrongKind,
  pattern: badFormat,
  minimum: outOfBounds('at least'),
  exclusiveMinimum: outOfBounds('above'),
  maximum: outOfBounds('at most'),
  exclusiveMaximum: outOfBounds('below'),
  minLength: ({ field }) => empty(field),
  maxLength: ({ field, error }) => ({
    message: `${field} has ${String(error.data).length} characters; at most ${error.params['limit']} can be read.`,
    help: 'Say with "*" what differs, or write several patterns.',
  }),
  minItems: tooFew('item'),
  minProperties: tooFew('key'),
  maxItems: tooMany('item'),
  maxProperties: tooMany('key'),
  propertyNames: ({ error, at }) => badName(String(error.params['propertyName']), at),
};

function missing({ field, error }: Mistake): Saying {
  const key = String(error.params['missingProperty']);
  const { properties = {} } = (error.parentSchema ?? {}) as { properties?: Record<string, { const?: unknown }> };
  const only = properties[key]?.const;
  const message = `${field || 'This file'} needs "${key}".`;
  return only === undefined ? { message } : { message, help: `Write "${key}: ${only}".` };
}

function badName(name: string, at: Place): Saying {
  const place = keyOf(below(at, name));
  const tool = /^([a-z-]+):/.exec(name)?.[1];
  return tool
    ? { at: place, message: `"${name}" can't be a key: "${tool}" is, and the pattern belongs in its rules.` }
    : { at: place, message: `"${name}" can't be a name here: use letters, digits, "-" and "_".` };
}

function otherwise({ field, error }: Mistake): Saying {
  return { message: `${field || 'This file'} ${error.message ?? 'does not fit the schema'}.` };
}

/** How many keys a help lists; a longer list is a page of documentation. */
const MOST_NAMED = 12;

function unknownKey({ error, at, field }: Mistake): Saying {
  const key = String(error.params['additionalProperty']);
  const { properties = {}, patternProperties = {} } = (error.parentSchema ?? {}) as Record<string, object | undefined>;
  const known = Object.keys(properties);
  const place = keyOf(below(at, key));
  const message = field ? `${field} has no key "${key}".` : `There is no key "${key}".`;
  const meant = didYouMean(key, known);
  if (meant !== undefined) return { at: place, message, ...proposal(meant, place) };
  const help = [
    ...(known.length > MOST_NAMED ? [] : [`Known here: ${known.join(', ')}.`]),
    ...('^x-' in patternProperties ? ['A key of your own begins with "x-".'] : []),
  ];
  return { at: place, message, help: help.join(' ') };
}

function notOneOf({ error, at, field }: Mistake): Saying {
  const values = error.params['allowedValues'] as readonly unknown[];
  const allowed = values.map(String);
  const words = values.filter((value) => typeof value === 'string');
  const meant = typeof error.data === 'string' ? didYouMean(error.data, words) : undefined;
  return {
    message: `${field} is ${show(error.data)}; it must be ${list(allowed)}.`,
    ...(meant === undefined ? {} : proposal(meant, at)),
  };
}

function proposal(meant: string, at: Place): Pick<Saying, 'help' | 'fix'> {
  return {
    help: `Did you mean "${meant}"?`,
    fix: { title: `Write "${meant}"`, safety: 'unsafe', edits: [{ at, value: meant }] },
  };
}

function wrongKind(mistake: Mistake): Saying {
  const { error, field } = mistake;
  if (error.parentSchema?.['pattern'] !== undefined && typeof error.data !== 'object') return badFormat(mistake);
  return { message: `${field || 'This file'} must be ${kinds(error.params)}, not ${show(error.data)}.` };
}

/** A text of a certain form, such as a duration: the schema says what it is, with an example. */
function badFormat({ error, field }: Mistake): Saying {
  const { title, description, examples } = error.parentSchema ?? {};
  const [example] = (examples as readonly unknown[] | undefined) ?? [];
  const message =
    example === undefined
      ? `${field} is ${show(error.data)}, which does not fit.`
      : `${field} is ${show(error.data)}, and should look like ${show(example)}.`;
  return { message, ...(title === undefined ? {} : { help: `${title}: ${description}` }) };
}

function outOfBounds(bound: string): (mistake: Mistake) => Saying {
  return ({ field, error }) => ({
    message: `${field} is ${show(error.data)}; it must be ${bound} ${error.params['limit']}.`,
  });
}

function empty(field: string): Saying {
  return { message: `${field} is empty.`, help: 'Write something, or leave the key out.' };
}

function tooFew(unit: string): (mistake: Mistake) => Saying {
  return ({ field, error }) => {
    const size = Object.keys(error.data as object).length;
    if (size === 0) return empty(field);
    return { message: `${field} has ${count(size, unit)}; it must have at least ${error.params['limit']}.` };
  };
}

function tooMany(unit: string): (mistake: Mistake) => Saying {
  return ({ field, error }) => {
    const size = Object.keys(error.data as object).length;
    return { message: `${field} has ${count(size, unit)}; it must have at most ${error.params['limit']}.` };
  };
}

function count(size: number, unit: string): string {
  return `${size} ${unit}${size === 1 ? '' : 's'}`;
}

function label(steps: Pointer): string {
  const text = steps.map((step) => (typeof step === 'number' ? `[${step + 1}]` : `.${step}`)).join('');
  return text && `"${text.replace(/^\./, '')}"`;
}

function list(words: readonly string[]): string {
  return either(words.map((word) => `"${word}"`));
}

function either(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
};

/** The words and the kinds of value that would do. */
function kinds({ type, words = [] }: SchemaError['params']): string {
  const types = (Array.isArray(type) ? type : [type]).map((name) => KINDS[String(name)] ?? String(name));
  return either([...(words as readonly string[]).map((word) => `"${word}"`), ...types]);
}

function show(value: unknown): string {
  if (value === null) return 'nothing';
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a map';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { below, keyOf, type Place, type Pointer } from '../text/place.ts';
import * as validators from './generated/validators.ts';
import { mostTelling, type SchemaError } from './union.ts';

/** The definitions that the language has a schema for. */
export type SchemaName = 'team' | 'role' | 'scenario' | 'target';

interface Validator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** Checks data against a schema of the language: one human sentence per mistake, none when it fits. */
export function check(name: SchemaName, data: unknown, at: Place): readonly Diagnostic[] {
  const validate = validators[name] as Validator;
  if (validate(data)) return [];
  return mostTelling(validate.errors ?? []).map((error) => explain(error, data, at));
}

function explain(error: SchemaError, data: unknown, root: Place): Diagnostic {
  const steps = pointerOf(error.instancePath, data);
  const at = below(root, ...steps);
  const base = { rule: 'schema', severity: 'error', at } as const;
  const field = label(steps);
  const { params } = error;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(error, at, field);
    case 'required':
      return { ...base, message: `${field || 'This file'} needs "${params['missingProperty']}".` };
    case 'needs-one':
      return { ...base, message: `${field || 'This file'} needs ${list(params['of'] as string[], 'or')}.` };
    case 'needs-exactly-one':
      return {
        ...base,
        message: `${field} needs exactly one of ${list(params['of'] as string[], 'or')}.`,
        help: 'Write one item for each decision; they are read top to bottom, and the last match wins.',
      };
    case 'enum':
      return notOneOf(error, base, field);
    case 'const':
      return { ...base, message: `${field} must be ${JSON.stringify(params['allowedValue'])}.` };
    case 'type':
      return {
        ...base,
        message: `${field || 'This file'} must be ${kinds(params['type'])}, not ${kindOf(error.data)}.`,
      };
    case 'pattern':
      return badFormat(error, base, field);
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
    case 'exclusiveMaximum':
      return {
        ...base,
        message: `${field} is ${show(error.data)}; it must be ${BOUNDS[error.keyword]} ${params['limit']}.`,
      };
    case 'minLength':
      return { ...base, message: `${field} is empty.`, help: 'Write something, or leave the key out.' };
    case 'minItems':
    case 'minProperties':
      return { ...base, message: `${field} holds too little: at least ${params['limit']} belong there.` };
    case 'maxItems':
    case 'maxProperties':
      return { ...base, message: `${field} holds too much: at most ${params['limit']} belong there.` };
    case 'propertyNames':
      return {
        ...base,
        at: keyOf(below(at, String(params['propertyName']))),
        message: `"${params['propertyName']}" can't be a name here: use letters, digits, "-" and "_".`,
      };
    default:
      return { ...base, message: `${field || 'This file'} ${error.message ?? 'does not fit the schema'}.` };
  }
}

function unknownKey(error: SchemaError, at: Place, field: string): Diagnostic {
  const key = String(error.params['additionalProperty']);
  const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
  const meant = didYouMean(key, known);
  const place = keyOf(below(at, key));
  return {
    rule: 'schema',
    severity: 'error',
    at: place,
    message: field ? `${field} has no key "${key}".` : `There is no key "${key}".`,
    help: meant
      ? `Did you mean "${meant}"?`
      : `Known here: ${known.filter((name) => name !== '$schema').join(', ')}. A key of your own begins with "x-".`,
    ...(meant
      ? { fix: { title: `Write "${meant}"`, safety: 'unsafe', edits: [{ at: place, text: meant }] } as const }
      : {}),
  };
}

function notOneOf(error: SchemaError, base: Pick<Diagnostic, 'rule' | 'severity' | 'at'>, field: string): Diagnostic {
  const allowed = (error.params['allowedValues'] as readonly unknown[]).map(String);
  const meant = typeof error.data === 'string' ? didYouMean(error.data, allowed) : undefined;
  return {
    ...base,
    message: `${field} is ${show(error.data)}; it must be ${list(allowed, 'or')}.`,
    ...(meant
      ? {
          help: `Did you mean "${meant}"?`,
          fix: { title: `Write "${meant}"`, safety: 'unsafe', edits: [{ at: base.at, text: meant }] } as const,
        }
      : {}),
  };
}

function badFormat(error: SchemaError, base: Pick<Diagnostic, 'rule' | 'severity' | 'at'>, field: string): Diagnostic {
  const { title, description } = error.parentSchema ?? {};
  const name = typeof title === 'string' ? title.toLowerCase() : 'value of this kind';
  return {
    ...base,
    message: `${field} is ${show(error.data)}, which is not ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}.`,
    ...(typeof description === 'string' ? { help: `Expected: ${description}` } : {}),
  };
}

/** Turns ajv's JSON pointer into steps; digits are indices where the data is a list. */
function pointerOf(path: string, data: unknown): Pointer {
  const steps: (string | number)[] = [];
  let value = data;
  for (const part of path.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const step = Array.isArray(value) ? Number(key) : key;
    steps.push(step);
    value = (value as Record<string | number, unknown> | undefined)?.[step];
  }
  return steps;
}

function label(steps: Pointer): string {
  const text = steps.map((step) => (typeof step === 'number' ? `[${step + 1}]` : `.${step}`)).join('');
  return text && `"${text.replace(/^\./, '')}"`;
}

function list(words: readonly string[], join: 'or' | 'and'): string {
  const quoted = words.map((word) => `"${word}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${join} ${quoted.at(-1)}`;
}

const BOUNDS = {
  minimum: 'at least',
  exclusiveMinimum: 'above',
  maximum: 'at most',
  exclusiveMaximum: 'below',
} as const;

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
};

function kinds(type: unknown): string {
  const names = (Array.isArray(type) ? type : [type]).map((name) => KINDS[String(name)] ?? String(name));
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : show(value);
}

function show(value: unknown): string {
  const text = typeof value === 'object' ? kindOf(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

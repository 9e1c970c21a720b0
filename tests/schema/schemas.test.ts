import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';

const FOLDER = new URL('../../schemas/', import.meta.url);

interface Schema {
  readonly [key: string]: unknown;
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
}

const schemas = readdirSync(FOLDER).map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Schema);
const ajv = new Ajv2020({ schemas, strict: true, strictRequired: false, strictTypes: false, allowUnionTypes: true });

type Named = readonly (readonly [pointer: string, value: Schema])[];

/** Everything in a schema that has a name of its own: the schema itself, its definitions, and every property. */
function named(schema: Schema): Named {
  return [['', schema], ...namedIn(schema, '')];
}

function namedIn(value: unknown, pointer: string): Named {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): Named => {
    const below = `${pointer}/${key}`;
    if (key === 'examples' || key === 'enum' || key === 'const') return [];
    if (key !== 'properties' && key !== '$defs') return namedIn(inner, below);
    const own = Object.entries(inner as Readonly<Record<string, Schema>>);
    return own.flatMap(([name, one]): Named => [[`${below}/${name}`, one], ...namedIn(one, `${below}/${name}`)]);
  });
}

describe.each(schemas.map((schema) => [schema.title, schema] as const))('%s', (_, schema) => {
  const all = named(schema);

  test('everything has a title, a description and an example', () => {
    const bare = all.filter(([, { title, description, examples }]) => !title || !description || !examples?.length);
    expect(bare.map(([pointer]) => pointer)).toEqual([]);
  });

  test('titles are short names, and descriptions are sentences', () => {
    const titles = all.filter(([, { title }]) => !/^[A-Z][^.]{0,40}$/.test(title ?? ''));
    const descriptions = all.filter(([, { description }]) => !/^[^a-z].*\.$/.test(description ?? ''));
    expect({
      titles: titles.map(([pointer]) => pointer),
      descriptions: descriptions.map(([pointer]) => pointer),
    }).toEqual({ titles: [], descriptions: [] });
  });

  test('every example is what its own schema asks for', () => {
    const wrong = all.flatMap(([pointer, { examples = [] }]) => {
      const validate = ajv.compile({ $ref: `${schema['$id']}#${encodeURI(pointer)}` });
      return examples
        .filter((example) => !validate(example))
        .map((example) => `${pointer}: ${JSON.stringify(example)} ${ajv.errorsText(validate.errors)}`);
    });
    expect(wrong).toEqual([]);
  });
});

test('the editor and the validators have one schema for each kind of file', () => {
  expect(schemas.map(({ title }) => title)).toEqual(['Role', 'Scenario', 'Target', 'Team']);
  for (const { $id, title } of schemas)
    expect($id).toBe(`https://unpkg.com/teamc/schemas/${title?.toLowerCase()}.schema.json`);
});

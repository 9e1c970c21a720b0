import type { SchemaName } from '../schema/schema-name.ts';
import { schemaText } from '../workspace/package.ts';

/** As much of a JSON Schema as an editor shows. */
export interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

const known = new Map<string, Schema>();

function schemaOf(file: string): Schema {
  const name = file.replace('.schema.json', '') as SchemaName;
  const schema = known.get(name) ?? (JSON.parse(schemaText(name)) as Schema);
  known.set(name, schema);
  return schema;
}

/** A schema and the file that it stands in, which its references begin from. */
interface Placed {
  readonly schema: Schema;
  readonly file: string;
}

/** What may stand where some keys lead: each form that a value may take there, lists opened. */
export function schemasAt(root: SchemaName, path: readonly string[]): readonly Schema[] {
  let forms = formsOf({ schema: schemaOf(root), file: `${root}.schema.json` });
  for (const key of path) forms = forms.flatMap((form) => (childOf(form, key) ?? []).flatMap(formsOf));
  return forms.map(({ schema }) => schema);
}

/** The schema of a key as its author described it, before its forms are told apart. */
export function schemaOfKey(root: SchemaName, path: readonly string[], key: string): Schema | undefined {
  return schemasAt(root, path)
    .map(({ properties }) => (properties && Object.hasOwn(properties, key) ? properties[key] : undefined))
    .find((schema) => schema !== undefined);
}

function childOf({ schema, file }: Placed, key: string): readonly Placed[] | undefined {
  const { properties = {}, additionalProperties: others } = schema;
  if (Object.hasOwn(properties, key)) return [{ schema: properties[key]!, file }];
  return typeof others === 'object' ? [{ schema: others, file }] : undefined;
}

/** A schema, and all that it refers to, offers as a choice or allows as an item. */
function formsOf({ schema, file }: Placed): readonly Placed[] {
  const { $ref, anyOf = [], oneOf = [], items } = schema;
  const below = [...anyOf, ...oneOf, ...(items ? [items] : [])].map((inner) => ({ schema: inner, file }));
  const referred = $ref === undefined ? [] : [resolve($ref, file)];
  return [{ schema, file }, ...[...below, ...referred].flatMap(formsOf)];
}

function resolve(reference: string, from: string): Placed {
  const [name = '', pointer = ''] = reference.split('#');
  const file = name || from;
  const definition = pointer.replace('/$defs/', '');
  const schema = schemaOf(file);
  return { schema: definition === '' ? schema : schema.$defs![definition]!, file };
}

// The language reference: a page for each schema, with every key, what it takes and an example.
import { isDeepStrictEqual } from 'node:util';
import { Document, isCollection, parse } from 'yaml';

/** What each page is about, below its title. */
const ABOUT = {
  role: 'A role is a Markdown file `roles/<id>.md`: these keys in its front matter, its instructions below. Or a YAML file, or a key of `roles` in `team.yaml`.',
  team: 'The team file, `team.yaml`: what holds for the team as a whole. The keys of its `roles` and `defaults` are those of a [role](role.md).',
  scenario: 'A scenario, `scenarios/*.yaml`: what `teamc simulate` plays and what must come of it.',
  target:
    'A target, `target.yaml` in a folder of templates: how the files of a platform are made, and what it does not carry.',
};

/** The page of a schema as Markdown. */
export function referencePage(name, schema) {
  const required = new Set(schema.required ?? []);
  return [
    `# ${schema.title}`,
    ABOUT[name],
    `For editors: [\`schemas/${name}.schema.json\`](https://unpkg.com/teamc/schemas/${name}.schema.json). Generated from it. Keys that begin with \`x-\` are kept and mean nothing to teamc; any list may hold \`{ include: path }\`, a YAML list inside the team's folder.`,
    ...Object.entries(schema.properties)
      .filter(([key]) => !key.startsWith('$'))
      .flatMap(([key, value]) => keyPart(key, value, required.has(key))),
    ...shapes(schema),
    '',
  ].join('\n\n');
}

function keyPart(key, value, isRequired) {
  const takes = `Takes ${typeWords(value)}.${isRequired ? ' Required.' : ''}`;
  return [`## \`${key}\``, `${value.description} ${takes}`, ...examples(key, value), ...table(value)];
}

/** The shapes that keys share, each once, below the keys. */
function shapes({ $defs = {} }) {
  const told = Object.entries($defs).filter(([name]) => name !== 'include');
  if (told.length === 0) return [];
  return [
    '## Shapes',
    'What several keys take.',
    ...told.flatMap(([name, value]) => [
      `### Shape: ${name}`,
      `${value.description ?? value.title} ${capital(typeWords({ ...value, $ref: undefined }))}.`,
      ...examples(undefined, value),
      ...table(value),
    ]),
  ];
}

function examples(key, { examples: given = [] }) {
  if (given.length === 0) return [];
  const lines = given.map((example) => {
    const document = new Document(key === undefined ? example : { [key]: example });
    const inner = key === undefined ? document.contents : document.get(key);
    if (isCollection(inner)) inner.flow = true;
    return tight(document.toString({ lineWidth: 0 }).trimEnd(), document.toJS());
  });
  return [`\`\`\`yaml\n${lines.join('\n')}\n\`\`\``];
}

/** Lists without blanks inside their brackets, as people write them. */
function tight(text, data) {
  const shorter = text.replaceAll('[ ', '[').replaceAll(' ]', ']');
  return isDeepStrictEqual(parse(shorter), data) ? shorter : text;
}

/** The keys of each map that a value may be. */
function table(schema) {
  const tables = mapsOf(schema).map((map) => {
    const required = new Set(map.required ?? []);
    const rows = Object.entries(map.properties).map(
      ([key, value]) =>
        `| \`${key}\`${required.has(key) ? ' (required)' : ''} | ${cell(value.description ?? '')} | ${cell(typeWords(value, true))} |`,
    );
    return `| key | what it says | takes |\n|---|---|---|\n${rows.join('\n')}`;
  });
  return tables.flatMap((each, index) => (index === 0 ? [each] : ['or', each]));
}

function mapsOf(schema) {
  if (schema.properties) return [schema];
  const branches = [...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])];
  if (typeof schema.additionalProperties === 'object') branches.push(schema.additionalProperties);
  const found = branches.flatMap(mapsOf);
  return [...new Map(found.map((map) => [JSON.stringify(map), map])).values()];
}

/** What a schema allows, in words. */
function typeWords(schema, nested = false) {
  if (schema.$ref) return refWords(schema.$ref);
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return enumerate(schema.enum.map((value) => `\`${value}\``));
  if (schema.anyOf && !schema.anyOf.every((branch) => branch.required && !branch.type)) {
    const words = schema.anyOf.filter(({ $ref }) => !$ref?.endsWith('/include')).map((each) => typeWords(each, nested));
    return enumerate([...new Set(words)]);
  }
  if (Array.isArray(schema.type)) return enumerate(schema.type.map((type) => typeWords({ type }, nested)));
  return plainWords(schema, nested);
}

function plainWords(schema, nested) {
  switch (schema.type) {
    case 'array':
      return `a list${schema.items ? ` of ${plural(schema.items, nested)}` : ''}`;
    case 'object':
      return mapWords(schema, nested);
    case 'integer':
      return `a whole number${bounds(schema)}`;
    case 'number':
      return `a number${bounds(schema)}`;
    case 'boolean':
      return '`true` or `false`';
    case 'string':
      return 'a text';
    default:
      return 'anything';
  }
}

function mapWords(schema, nested) {
  if (schema.properties && nested)
    return `a map of ${Object.keys(schema.properties)
      .map((key) => `\`${key}\``)
      .join(', ')}`;
  if (schema.properties) return 'a map with the keys below';
  const { additionalProperties } = schema;
  return typeof additionalProperties === 'object'
    ? `a map by name, of ${plural(additionalProperties, nested)}`
    : 'a map';
}

function plural(schema, nested) {
  return typeWords(schema, nested).replaceAll(/(^| or )an? (text|number|whole number|map|list)/g, '$1$2s');
}

function bounds({ minimum, maximum, exclusiveMinimum }) {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` from ${minimum} up`;
  return exclusiveMinimum === undefined ? '' : ` above ${exclusiveMinimum}`;
}

function refWords(ref) {
  const [file, name] = ref.split('#/$defs/');
  const page = file.replace('.schema.json', '');
  if (name === undefined) return `a [${page}](${page}.md)`;
  return `[${name}](${page === '' ? '' : `${page}.md`}#shape-${name})`;
}

function enumerate(words) {
  return words.length < 2 ? (words[0] ?? 'anything') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

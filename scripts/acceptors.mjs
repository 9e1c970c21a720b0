// Compiles JSON Schemas to functions that only say whether data fits. ajv's validators tell what is wrong and where, and are
// twenty times as large; they load when a function made here says no. Knows the keywords that teamc's schemas use and
// refuses all others; a property test holds these functions to what ajv says.

const SILENT = new Set(['$schema', '$id', '$defs', 'title', 'description', 'examples', 'default']);

/** An ES module with one function for each of the schemas, by name. */
export function acceptors(schemas, names) {
  const run = { schemas, functions: new Map(), code: [], patterns: new Map(), next: 0 };
  const exported = names.map((name) => `${functionFor(run, schemas[name].$id, schemas[name])} as ${name}`);
  const patterns = [...run.patterns].map(
    ([pattern, name]) => `const ${name} = new RegExp(${JSON.stringify(pattern)}, 'u');`,
  );
  const helpers = 'const isMap = (v) => typeof v === "object" && v !== null && !Array.isArray(v);';
  return `${[...patterns, helpers, ...run.code, `export { ${exported.join(', ')} };`].join('\n')}\n`;
}

/** The name of the function for a schema that is named by a reference; made when it is first asked for. */
function functionFor(run, id, schema) {
  const known = run.functions.get(id);
  if (known) return known;
  const name = fresh(run, 'fits');
  run.functions.set(id, name);
  const base = id.split('#')[0];
  run.code.push(`function ${name}(v) { return ${expression(run, schema, base, 'v')}; }`);
  return name;
}

function fresh(run, prefix) {
  return `${prefix}${run.next++}`;
}

function fit(run, reference, base) {
  const [file, fragment = ''] = reference.split('#');
  const id =
    file === '' ? base : Object.values(run.schemas).find(({ $id }) => $id === file || $id.endsWith(`/${file}`)).$id;
  let schema = Object.values(run.schemas).find(({ $id }) => $id === id);
  for (const step of fragment.split('/').slice(1)) schema = schema[step];
  return functionFor(run, `${id}#${fragment}`, schema);
}

/** An expression that is true when the value of a variable fits a schema. */
function expression(run, schema, base, v) {
  if (schema === true || schema === false) return String(schema);
  const parts = Object.keys(schema).flatMap((keyword) => {
    if (SILENT.has(keyword) || keyword.startsWith('x-') || keyword in ofMaps) return [];
    const rule = keywords[keyword];
    if (!rule) throw new Error(`No acceptor knows the keyword "${keyword}"; teach scripts/acceptors.mjs.`);
    return [rule(schema[keyword], { run, base, v, schema })];
  });
  if (Object.keys(schema).some((keyword) => keyword in ofMaps)) parts.push(ofMap(run, schema, base, v));
  return parts.length === 0 ? 'true' : parts.map((part) => `(${part})`).join(' && ');
}

const TYPES = {
  string: (v) => `typeof ${v} === "string"`,
  boolean: (v) => `typeof ${v} === "boolean"`,
  number: (v) => `typeof ${v} === "number" && isFinite(${v})`,
  integer: (v) => `Number.isInteger(${v})`,
  null: (v) => `${v} === null`,
  array: (v) => `Array.isArray(${v})`,
  object: (v) => `isMap(${v})`,
};

/** A check that holds for every value of another kind. */
const only = (type, check) => (value, at) =>
  at.schema.type === type || (type === 'number' && at.schema.type === 'integer')
    ? check(value, at)
    : `!(${TYPES[type](at.v)}) || ${check(value, at)}`;

const same = (value, v) => {
  if (typeof value === 'object' && value !== null) throw new Error('Acceptors compare plain values only.');
  return `${v} === ${JSON.stringify(value)}`;
};

const keywords = {
  type: (types, { v }) =>
    [types]
      .flat()
      .map((type) => `(${TYPES[type](v)})`)
      .join(' || '),
  $ref: (reference, { run, base, v }) => `${fit(run, reference, base)}(${v})`,
  enum: (values, { v }) => values.map((value) => same(value, v)).join(' || '),
  const: (value, { v }) => same(value, v),
  anyOf: (branches, { run, base, v }) => branches.map((branch) => `(${expression(run, branch, base, v)})`).join(' || '),
  allOf: (branches, { run, base, v }) => branches.map((branch) => `(${expression(run, branch, base, v)})`).join(' && '),
  oneOf: (branches, { run, base, v }) =>
    `${branches.map((branch) => `(${expression(run, branch, base, v)} ? 1 : 0)`).join(' + ')} === 1`,
  not: (schema, { run, base, v }) => `!(${expression(run, schema, base, v)})`,
  minLength: only('string', (length, { v }) => (length === 1 ? `${v} !== ""` : `[...${v}].length >= ${length}`)),
  maxLength: only('string', (length, { v }) => `[...${v}].length <= ${length}`),
  pattern: only('string', (pattern, { run, v }) => {
    if (!run.patterns.has(pattern)) run.patterns.set(pattern, fresh(run, 'pattern'));
    return `${run.patterns.get(pattern)}.test(${v})`;
  }),
  minimum: only('number', (bound, { v }) => `${v} >= ${bound}`),
  maximum: only('number', (bound, { v }) => `${v} <= ${bound}`),
  exclusiveMinimum: only('number', (bound, { v }) => `${v} > ${bound}`),
  exclusiveMaximum: only('number', (bound, { v }) => `${v} < ${bound}`),
  minItems: only('array', (length, { v }) => `${v}.length >= ${length}`),
  maxItems: only('array', (length, { v }) => `${v}.length <= ${length}`),
  items: only('array', (schema, { run, base, v }) => `${looped(run, schema, base)}(${v})`),
};

function looped(run, schema, base) {
  const name = fresh(run, 'each');
  const check = expression(run, schema, base, 'v');
  run.code.push(
    `function ${name}(list) { for (let i = 0; i < list.length; i++) { const v = list[i]; if (!(${check})) return false; } return true; }`,
  );
  return name;
}

/** What concerns the keys of a map: one pass over them answers all. */
const ofMaps = Object.fromEntries(
  [
    'properties',
    'patternProperties',
    'additionalProperties',
    'propertyNames',
    'required',
    'minProperties',
    'maxProperties',
  ].map((keyword) => [keyword, true]),
);

function ofMap(run, schema, base, v) {
  const { properties = {}, patternProperties = {}, additionalProperties = true, propertyNames, required = [] } = schema;
  const name = fresh(run, 'keys');
  const patterns = Object.entries(patternProperties);
  const test = (pattern) => keywords.pattern(pattern, { run, v: 'k', schema: { type: 'string' } });
  const check = (inner) => `if (!(${expression(run, inner, base, 'v')})) return false;`;
  const cases = Object.entries(properties).map(([key, inner]) => {
    const also = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(key)).map(([, more]) => check(more));
    return `case ${JSON.stringify(key)}: ${[check(inner), ...also].join(' ')} break;`;
  });
  const others = patterns.map(([pattern, inner]) => `if (${test(pattern)}) { ${check(inner)} continue; }`);
  const rest = additionalProperties === false ? 'return false;' : check(additionalProperties);
  if (patterns.length > 1) throw new Error('Acceptors know one pattern of keys in a map.');
  const loops = Object.keys(schema).some((keyword) => keyword in ofMaps && keyword !== 'required');
  if (!loops)
    return `${schema.type === 'object' ? '' : `!isMap(${v}) || (`}${required.map((key) => `${v}[${JSON.stringify(key)}] !== undefined`).join(' && ')}${schema.type === 'object' ? '' : ')'}`;
  run.code.push(
    [
      `function ${name}(map) {`,
      ...required.map((key) => `  if (map[${JSON.stringify(key)}] === undefined) return false;`),
      '  let count = 0;',
      '  for (const k in map) { const v = map[k]; count++;',
      ...(propertyNames
        ? [`    if (!(${expression(run, { type: 'string', ...propertyNames }, base, 'k')})) return false;`]
        : []),
      `    switch (k) { ${cases.join('\n      ')} default: ${others.join(' ')} ${rest} }`,
      '  }',
      `  return ${bounds(schema)};`,
      '}',
    ].join('\n'),
  );
  return schema.type === 'object' ? `${name}(${v})` : `!isMap(${v}) || ${name}(${v})`;
}

function bounds({ minProperties, maxProperties }) {
  const parts = [];
  if (minProperties !== undefined) parts.push(`count >= ${minProperties}`);
  if (maxProperties !== undefined) parts.push(`count <= ${maxProperties}`);
  return parts.join(' && ') || 'true';
}

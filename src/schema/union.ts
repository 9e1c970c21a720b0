import { didYouMean } from '../text/did-you-mean.ts';

/** An error as ajv reports it with `verbose`. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly data?: unknown;
  readonly parentSchema?: Readonly<Record<string, unknown>>;
}

/**
 * Keeps the errors that tell an author what to do.
 *
 * ajv reports every branch of a union before it reports the union. The branches of our unions differ in kind (a text,
 * a map, a list), so the branch that was meant is the one whose kind fits: its errors stay, and only where no kind
 * fits is the union itself reported, with all kinds that would.
 */
export function mostTelling(errors: readonly SchemaError[]): readonly SchemaError[] {
  const kept: SchemaError[] = [];
  for (const error of errors) {
    // Of a name that does not fit its pattern the map is told, which knows the name.
    if (error.schemaPath.includes('/propertyNames/')) continue;
    if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') {
      kept.push(error);
      continue;
    }
    let start = kept.length;
    while (start > 0 && isWithin(kept[start - 1]!.instancePath, error.instancePath)) start--;
    kept.push(...united(error, kept.splice(start)));
  }
  return withoutEchoes(kept);
}

/** What to say of a union, given the errors at its place and below. */
function united(union: SchemaError, inner: readonly SchemaError[]): readonly SchemaError[] {
  const path = union.instancePath;
  const needed = requiredBy(union);
  if (!needed) return branchErrors(inner, path, union);
  // Whatever it is, its kind is reported; only a map can lack a key.
  if (!isMap(union.data)) return inner;
  // A union of `required` is a wish for one of several keys; errors of other keywords at this place stay.
  const others = inner.filter(({ keyword, instancePath }) => keyword !== 'required' || instancePath !== path);
  const keyword = union.keyword === 'oneOf' ? 'needs-exactly-one' : 'needs-one';
  return [...others, { ...union, keyword, params: { of: needed } }];
}

function branchErrors(branches: readonly SchemaError[], path: string, union: SchemaError): readonly SchemaError[] {
  const meant = branchMeant(union);
  if (meant === 'none')
    return [
      { ...union, keyword: 'needs-one', params: { of: discriminators(union).flatMap((keys) => keys.slice(0, 1)) } },
    ];
  if (meant) return branches.filter((error) => belongsTo(error, meant, union));
  const fitting = branches.filter(({ keyword, instancePath }) => instancePath !== path || keyword !== 'type');
  const inside = fitting.filter(({ instancePath }) => instancePath !== path);
  const here = fitting.filter(({ instancePath, keyword }) => instancePath === path && keyword !== 'enum');
  if (here.length + inside.length > 0) return [...here, ...inside];
  const words = fitting.find(({ keyword }) => keyword === 'enum');
  if (words && typeof union.data === 'string') return [words];
  const type = [...new Set(branches.flatMap(({ keyword, params }) => (keyword === 'type' ? params['type'] : [])))];
  return [{ ...union, keyword: 'type', params: { type, words: words?.params['allowedValues'] ?? [] } }];
}

/**
 * In a union of several maps the keys that each of them requires tell which one was meant: all are there, or some, or
 * one that is only misspelt. Answers the start of that branch's schema path, `none` where no such key is there, nothing
 * for other unions.
 */
function branchMeant(union: SchemaError): string | 'none' | undefined {
  const branches = discriminators(union);
  const { data } = union;
  if (branches.filter((required) => required.length > 0).length < 2 || !isMap(data)) return undefined;
  const isThere = (key: string): boolean => Object.hasOwn(data, key);
  const isMeant = (key: string): boolean => didYouMean(key, Object.keys(data)) !== undefined;
  const tests: readonly ((keys: readonly string[]) => boolean)[] = [
    (keys) => keys.length > 0 && keys.every(isThere),
    (keys) => keys.some(isThere),
    (keys) => keys.some(isMeant),
  ];
  const index = tests.map((test) => branches.findIndex(test)).find((found) => found !== -1) ?? -1;
  return index === -1 ? 'none' : `${union.schemaPath}/${index}/`;
}

function discriminators({ keyword, parentSchema }: SchemaError): readonly (readonly string[])[] {
  const branches = parentSchema?.[keyword];
  if (!Array.isArray(branches)) return [];
  return branches.map((branch: { required?: readonly string[] }) => branch.required ?? []);
}

/** Whether an error comes from a branch; one behind a reference names no branch, and lies below the union. */
function belongsTo(error: SchemaError, branch: string, union: SchemaError): boolean {
  if (error.schemaPath.startsWith(`${union.schemaPath}/`)) return error.schemaPath.startsWith(branch);
  return error.instancePath !== union.instancePath;
}

/** The keys of a union whose branches are nothing but `required`. */
function requiredBy({ keyword, parentSchema }: SchemaError): readonly string[] | undefined {
  const branches = parentSchema?.[keyword];
  if (!Array.isArray(branches)) return undefined;
  const isWish = (branch: object): boolean => Object.keys(branch).every((key) => key === 'required');
  return branches.every(isWish)
    ? branches.flatMap(({ required }: { required: readonly string[] }) => required)
    : undefined;
}

/** An unknown key explains why a known one is missing: of the two, the unknown key is the mistake. */
function withoutEchoes(errors: readonly SchemaError[]): readonly SchemaError[] {
  const misspelt = new Set(
    errors.filter(({ keyword }) => keyword === 'additionalProperties').map(({ instancePath }) => instancePath),
  );
  const seen = new Set<string>();
  return errors.filter((error) => {
    if (misspelt.has(error.instancePath) && (error.keyword === 'required' || error.keyword.startsWith('needs-')))
      return false;
    const echo = `${error.instancePath} ${error.keyword} ${JSON.stringify(error.params)}`;
    return !seen.has(echo) && seen.add(echo);
  });
}

function isMap(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function isWithin(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}/`);
}

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
    if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') {
      kept.push(error);
      continue;
    }
    const path = error.instancePath;
    let start = kept.length;
    while (start > 0 && isWithin(kept[start - 1]!.instancePath, path)) start--;
    const needed = requiredBy(error);
    if (needed && !isMap(error.data)) {
      // Whatever it is, its kind is reported; only a map can lack a key.
    } else if (needed) {
      // A union of `required` is a wish for one of several keys; errors of other keywords at this place stay.
      const others = kept
        .splice(start)
        .filter(({ keyword, instancePath }) => keyword !== 'required' || instancePath !== path);
      const keyword = error.keyword === 'oneOf' ? 'needs-exactly-one' : 'needs-one';
      kept.push(...others, { ...error, keyword, params: { of: needed } });
    } else {
      kept.push(...branchErrors(kept.splice(start), path, error));
    }
  }
  return withoutEchoes(kept);
}

function branchErrors(branches: readonly SchemaError[], path: string, union: SchemaError): readonly SchemaError[] {
  const meant = branchMeant(union);
  if (meant === 'none')
    return [
      { ...union, keyword: 'needs-one', params: { of: discriminators(union).flatMap((keys) => keys.slice(0, 1)) } },
    ];
  if (meant) return branches.filter((error) => belongsTo(error, meant, path));
  const fitting = branches.filter(({ keyword, instancePath }) => instancePath !== path || keyword !== 'type');
  const inside = fitting.filter(({ instancePath }) => instancePath !== path);
  const here = fitting.filter(({ instancePath, keyword }) => instancePath === path && keyword !== 'enum');
  if (here.length + inside.length > 0) return [...here, ...inside];
  const words = fitting.find(({ keyword }) => keyword === 'enum');
  if (words && typeof union.data === 'string') return [words];
  const types = [...new Set(branches.flatMap(({ keyword, params }) => (keyword === 'type' ? params['type'] : [])))];
  return [{ ...union, keyword: 'type', params: { type: types } }];
}

/**
 * In a union of several maps the key that each of them requires tells which one was meant.
 * Answers the start of that branch's schema path, `none` where no such key is there, nothing for other unions.
 */
function branchMeant(union: SchemaError): string | 'none' | undefined {
  const keys = discriminators(union);
  const { data } = union;
  if (keys.filter((required) => required.length > 0).length < 2) return undefined;
  if (!isMap(data)) return undefined;
  const index = keys.findIndex((required) => required.length > 0 && required.every((key) => Object.hasOwn(data, key)));
  return index === -1 ? 'none' : `${union.schemaPath}/${index}/`;
}

function discriminators({ keyword, parentSchema }: SchemaError): readonly (readonly string[])[] {
  const branches = parentSchema?.[keyword];
  if (!Array.isArray(branches)) return [];
  return branches.map((branch: { required?: readonly string[] }) => branch.required ?? []);
}

function belongsTo(error: SchemaError, branch: string, path: string): boolean {
  if (error.schemaPath.startsWith(branch)) return true;
  return error.instancePath !== path && !/\/(anyOf|oneOf)\/\d+\//.test(error.schemaPath.slice(0, branch.length));
}

/** The keys of a union whose branches are nothing but `required`. */
function requiredBy({ keyword, parentSchema }: SchemaError): readonly string[] | undefined {
  const branches = parentSchema?.[keyword];
  if (!Array.isArray(branches)) return undefined;
  const keys = branches.flatMap((branch: { required?: readonly string[] }) => branch.required ?? []);
  return keys.length === branches.length ? keys : undefined;
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

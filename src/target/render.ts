import type Handlebars from 'handlebars';

/** A template that is wrong: which one, and what the template language says of it. */
export class TemplateError extends Error {}

/**
 * A value as a JSON scalar or list that every platform reads as YAML and none rewrites: three hyphens are broken up
 * (Claude Code cuts front matter at any `---`), and characters that Roo rewrites before it parses, or that a reader
 * could not see, are written as escapes.
 */
export function json(value: unknown): string {
  if (value === undefined) throw new TypeError('"json" is called without a value');
  return spaced(value)
    .replaceAll('---', '\\u002d--')
    .replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** JSON on one line, with a blank behind each comma and colon; the texts in it stay as they are. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item: unknown) => spaced(item ?? null)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`).join(', ')}}`;
}

/** Controls, no-break space, zero-width characters, typographic hyphens, quotes and separators, bidi marks, minus, BOM. */
const UNSAFE = /[\u007f-\u00a0\u00ad\u200b-\u200f\u2010-\u2015\u2018-\u201f\u2028-\u202e\u2060-\u206f\u2212\ufeff]/g;

/** What templates may call; everything else in them is plain Handlebars without access to code. */
export const HELPERS: Readonly<Record<string, (...values: never[]) => unknown>> = {
  json,
  join(items: readonly string[], between: unknown) {
    if (!Array.isArray(items)) throw new TypeError('"join" is called without a list');
    return items.join(typeof between === 'string' ? between : ', ');
  },
  is: (a: unknown, b: unknown) => a === b,
  some: (items: readonly unknown[] | null | undefined) => (items?.length ?? 0) > 0,
  given: (value: unknown) => value !== null && value !== undefined && value !== '',
};

/** How templates are read: nothing is escaped for HTML, and a name that is not in the view is a mistake. */
export const TEMPLATE_OPTIONS = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: {
    ...Object.fromEntries(Object.keys(HELPERS).map((name) => [name, true])),
    // One writes to the terminal, and the others are for Handlebars itself to call.
    log: false,
    helperMissing: false,
    blockHelperMissing: false,
  },
} as const;

/** Renders templates that were compiled before, with the partials beside them. */
export function renderer(
  handlebars: Pick<typeof Handlebars, 'registerHelper' | 'registerPartial'>,
  templates: ReadonlyMap<string, Handlebars.TemplateDelegate>,
  helpers = HELPERS,
): (template: string, view: object) => string {
  handlebars.registerHelper(helpers as never);
  for (const [name, template] of templates) handlebars.registerPartial(name.replace(/\.hbs$/, ''), template);
  return (name, view) => {
    const template = templates.get(name);
    if (!template) throw new TemplateError(`There is no template "${name}" in the target's folder.`);
    try {
      return `${template(view).trimEnd()}\n`;
    } catch (error) {
      throw new TemplateError(`The template "${name}" can't be rendered: ${reasonOf(error)}.`);
    }
  };
}

/** What the template language says of a mistake, in one line. */
export function reasonOf(error: unknown): string {
  // The only such errors: the stack is used up, or a text is longer than any text may be.
  if (error instanceof RangeError) return 'it nests too deep, or says too much';
  return error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
}

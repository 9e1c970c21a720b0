import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { readYaml } from '../document/yaml/yaml.ts';
import { check } from '../schema/check.ts';
import type { Source } from '../text/source.ts';
import { FEATURES, type Feature } from './features.ts';
import { reasonOf, renderer, TEMPLATE_OPTIONS, TemplateError } from './render.ts';
import type { Manifest, Target } from './target.ts';
import { meter } from './template-meter.ts';

/** The files of a target's folder: its manifest, and the templates by file name. */
export interface TargetFiles {
  readonly manifest: Source;
  readonly templates: ReadonlyMap<string, string>;
}

/** The most characters of a template: the time to read one grows with the square of its length. */
const MAX_TEMPLATE = 20_000;

/**
 * A target from a user's own folder. Its templates are compiled when it is used; they can call nothing but teamc's few
 * helpers, and no code in the folder is ever run. Throws `TemplateError` for a template that can't be read.
 */
export async function customTarget({
  manifest: source,
  templates,
}: TargetFiles): Promise<Target | readonly Diagnostic[]> {
  const document = readYaml(source);
  const at = { file: source.path, pointer: [] };
  const problems = [...document.problems, ...(document.data === undefined ? [] : check('target', document.data, at))];
  if (problems.length > 0) return problems;
  const manifest = document.data as Manifest;
  const strange = Object.keys(manifest.carries).filter(
    (name) => name !== 'permissions' && !FEATURES.includes(name as Feature),
  );
  if (strange.length > 0)
    return strange.map((name) => ({
      rule: 'schema',
      severity: 'error',
      at: { file: source.path, pointer: ['carries', name], on: 'key' },
      message: `Roles have no feature "${name}".`,
    }));
  const { default: Handlebars } = await import('handlebars');
  const handlebars = Handlebars.create();
  const metered = meter(handlebars);
  const compiled = new Map(
    [...templates].map(([name, text]) => {
      if (text.length > MAX_TEMPLATE)
        throw new TemplateError(
          `The template "${name}" is longer than ${MAX_TEMPLATE} characters, and teamc reads no more.`,
        );
      try {
        return [name, metered.template(handlebars.compile(handlebars.parse(text), TEMPLATE_OPTIONS))] as const;
      } catch (error) {
        throw new TemplateError(`The template "${name}" can't be read: ${reasonOf(error)}`);
      }
    }),
  );
  return { manifest, render: renderer(handlebars, compiled, metered.helpers) };
}

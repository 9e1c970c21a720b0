import type Handlebars from 'handlebars';
import { HELPERS, json } from './render.ts';

/** How many turns of loops and included templates one file may take: a hundred for each of ten thousand roles. */
const STEPS = 1_000_000;

/** How many characters of JSON are worth a step. */
const CHARACTERS = 50;

/** How deep templates may include each other. */
const DEPTH = 100;

/** What templates see of an object: what it holds itself, and never what its prototype brings. Nothing is said of it. */
const OWN_ONLY: Handlebars.RuntimeOptions = {
  allowProtoPropertiesByDefault: false,
  allowProtoMethodsByDefault: false,
};

type Each = (this: unknown, context: unknown, options: Handlebars.HelperOptions) => unknown;

interface DecorateOptions {
  readonly fn: Handlebars.TemplateDelegate;
}

type Decorate = (fn: unknown, props: unknown, container: unknown, options: DecorateOptions) => unknown;

/** What makes a template of a compiled one that ends, and the helpers that it may call. */
export interface Meter {
  readonly helpers: typeof HELPERS;
  template(compiled: Handlebars.TemplateDelegate): Handlebars.TemplateDelegate;
}

/** Makes sure that templates of people end: those that take more steps or include each other deeper than any file needs throw. */
export function meter(handlebars: typeof Handlebars): Meter {
  let steps = 0;
  let depth = 0;
  const step = (count = 1): void => {
    steps += count;
    if (steps > STEPS) throw new Error(`it takes more than ${STEPS} steps`);
  };
  const below = <Result>(run: () => Result): Result => {
    step();
    if (++depth > DEPTH) throw new Error(`templates include each other more than ${DEPTH} deep`);
    try {
      return run();
    } finally {
      depth--;
    }
  };
  const each = handlebars.helpers['each'] as Each;
  handlebars.registerHelper('each', function (this: unknown, context: unknown, options: Handlebars.HelperOptions) {
    const fn: Handlebars.TemplateDelegate = (item, more) => {
      step();
      return options.fn(item, more);
    };
    return each.call(this, context, { ...options, fn });
  });
  const inline = handlebars.decorators['inline'] as Decorate;
  handlebars.registerDecorator('inline', (fn: unknown, props: unknown, container: unknown, options: DecorateOptions) =>
    inline(fn, props, container, { ...options, fn: (view, more) => below(() => options.fn(view, more)) }),
  );
  return {
    helpers: {
      ...HELPERS,
      // What is quoted again and again grows without end.
      json(value: unknown) {
        const text = json(value);
        step(text.length / CHARACTERS);
        return text;
      },
    },
    template: (compiled) => (view, options) => {
      if ((options as { readonly partial?: boolean } | undefined)?.partial) return below(() => compiled(view, options));
      [steps, depth] = [0, 0];
      return compiled(view, OWN_ONLY);
    },
  };
}

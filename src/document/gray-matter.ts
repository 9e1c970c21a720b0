import matter from 'gray-matter';

/** What opencode's own reader makes of a file: its front matter and the text below, or why it stumbles. */
export type GrayMatter =
  | { readonly data: Readonly<Record<string, unknown>>; readonly content: string }
  | { readonly reason: string };

function refused(): never {
  throw new Error('front matter is read as YAML only');
}

const refuse = { parse: refused, stringify: refused };

/** Every language but YAML is refused: the library would run JavaScript that stands in front matter. */
const ENGINES = {
  javascript: refuse,
  js: refuse,
  json: refuse,
  coffee: refuse,
  coffeescript: refuse,
  cson: refuse,
  toml: refuse,
};

/** The longest run of white space that is given to the library, which takes the square of it. */
const LONGEST_RUN = 1_000;

function short(text: string): string {
  return text.replace(/\s+/g, (run) => (run.length > LONGEST_RUN ? run.slice(0, LONGEST_RUN) : run));
}

/** Reads a file as opencode does. Options are given each time, because without them the library remembers failures as `{}`. */
export function readGrayMatter(text: string): GrayMatter {
  try {
    const { data, content } = matter(short(text), { engines: ENGINES, language: 'yaml' });
    // What is no map has no keys.
    const isMap = typeof data === 'object' && data !== null && !Array.isArray(data);
    return { data: isMap ? (data as Record<string, unknown>) : {}, content };
  } catch (error) {
    return { reason: error instanceof Error ? error.message.split('\n')[0]! : String(error) };
  }
}

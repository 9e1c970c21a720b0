import { readdirSync, readFileSync } from 'node:fs';

/** A block of code on a page of the documentation. */
export interface Block {
  readonly page: string;
  /** The line of its first line of text, from 1. */
  readonly line: number;
  /** What stands behind the backquotes; `indented` where there are none. */
  readonly language: string;
  /** The path of the file that it is, where one stands behind the language. */
  readonly title: string;
  readonly text: string;
  /** The text that the page shows right below, as what comes of the block. */
  readonly output?: string;
}

/** Every page that a reader is given: those in the root, and all of `docs/`. */
export const PAGES: readonly string[] = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...(readdirSync('docs', { recursive: true }) as string[])
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md') && !name.startsWith('docs/.vitepress')),
];

/** A block between backquotes, with the text below it; or lines that stand four columns in, below a blank one. */
const BLOCK =
  /^```(?<language>\S*)[ ]?(?<title>[^\n]*)\n(?<text>[\s\S]*?)^```$(?=\n\n```text[^\n]*\n(?<output>[\s\S]*?)^```$|)|(?<=\n\n)(?<indented>(?: {4}\S.*\n)+)/gm;

/** The blocks of a page, in order. */
export function blocksOf(page: string): readonly Block[] {
  const whole = readFileSync(page, 'utf8');
  return [...whole.matchAll(BLOCK)].map(({ index, groups = {} }) => {
    const { indented, language = 'indented', title = '', output } = groups;
    const begin = indented === undefined ? 2 : 1;
    return {
      page,
      line: whole.slice(0, index).split('\n').length - 1 + begin,
      language,
      title,
      text: groups['text'] ?? (indented ?? '').replaceAll(/^ {4}/gm, ''),
      ...(output === undefined ? {} : { output }),
    };
  });
}

/** The words of a command line as a shell takes them apart, without a comment behind it. */
export function wordsOf(line: string): readonly string[] {
  return [...line.replace(/\s+#.*$/, '').matchAll(/(?:"([^"]*)"|'([^']*)'|(\S+))/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  );
}

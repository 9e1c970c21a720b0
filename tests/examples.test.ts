import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Diagnostic } from '../src/diagnostic/diagnostic.ts';
import { locatePlace } from '../src/document/position.ts';
import { readDocument } from '../src/document/read.ts';
import { lint } from '../src/rules/lint.ts';
import { BUILTIN, builtinTarget } from '../src/target/builtin.ts';
import { compile } from '../src/target/compile.ts';
import type { PlannedFile } from '../src/target/target.ts';
import { type LoadedTeam, readTeam } from '../src/team/read.ts';
import { Disk } from '../src/workspace/disk.ts';
import { teamc } from './cli/project.ts';
import { loadText } from './memory.ts';

const EXAMPLES = fileURLToPath(new URL('../examples/', import.meta.url));
/** Teams that are wrong on purpose, and a program that uses teamc, have tests of their own. */
const OWN_TESTS: readonly string[] = ['broken', 'existing-project', 'library'];
const names = foldersIn(EXAMPLES).filter((name) => !OWN_TESTS.includes(name));
/** What a page may tell its reader to type. Those that the command line knows are run. */
const COMMANDS = ['lint', 'build', 'simulate', 'can', 'paths', 'compare', 'graph', 'explain'];

let copies: string;
beforeAll(() => {
  copies = mkdtempSync(join(tmpdir(), 'teamc-examples-'));
  cpSync(EXAMPLES, copies, { recursive: true });
});
afterAll(() => rmSync(copies, { recursive: true, force: true }));

test('the page of examples leads to each', () => {
  const page = readFileSync(join(EXAMPLES, 'README.md'), 'utf8');
  const links = [...page.matchAll(/\[([^\]]+)\]\(\1\)/g)].map(([, name]) => name);
  expect(links).toEqual(expect.arrayContaining(foldersIn(EXAMPLES)));
});

describe.each(names)('%s', (name) => {
  const folder = join(EXAMPLES, name);
  const disk = new Disk(folder);
  const teams = teamFilesIn(disk, '.').map((path): [string, LoadedTeam] => [path, readTeam(path, disk)]);

  test('holds a team', () => {
    expect(teams).not.toEqual([]);
  });

  test('is found wanting in nothing but what it says', () => {
    const expected = existsSync(join(folder, 'expected.txt')) ? readFileSync(join(folder, 'expected.txt'), 'utf8') : '';
    expect(teams.flatMap(([, loaded]) => lint(loaded, { profile: 'strict' }).map(said(loaded))).join('')).toBe(
      expected,
    );
  });

  test.each(BUILTIN.map((target) => target.name))('compiles for %s', (target) => {
    for (const [, { team }] of teams) {
      const { files, problems, fidelity } = compile(team, builtinTarget(target)!);
      expect(files.length).toBeGreaterThan(0);
      expect(problems).toEqual([]);
      expect(files.flatMap(problemsIn)).toEqual([]);
      expect(fidelity.filter(({ feature, level }) => feature.startsWith('targets.') && level === 'lost')).toEqual([]);
    }
  });

  test('the commands on its page do what the page says', async () => {
    const help = (await teamc(EXAMPLES, ['--help'])).stdout;
    const commands = commandsIn(readFileSync(join(folder, 'README.md'), 'utf8'));
    expect(commands).not.toEqual([]);
    for (const [program, command = '', ...args] of commands) {
      expect([program, COMMANDS.includes(command)]).toEqual(['teamc', true]);
      if (!help.includes(`\n  ${command} `)) continue;
      const outcome = await teamc(join(copies, name), [command, ...args]);
      expect({ command, args, ...outcome }).toMatchObject({ code: 0 });
    }
  });
});

/** What the pages invite their reader to try, and the rules that speak up then. */
test.each([
  ['groups-and-levels', 'reference-librarian], for: a list', 'stacks-keeper], for: a list', ['level-skip']],
  [
    'must-not-and-assertions',
    'tools: [read, search, edit]',
    'tools: [read, search, edit, shell]',
    ['constraint-contradicted'],
  ],
  [
    'collaboration-and-reports',
    '    reports-to: { role: production-manager',
    '    x-told: { role: production-manager',
    ['unmirrored-relation'],
  ],
  ['quality-gates-and-metrics', 'gate: [tested', 'gate: [testde', ['unknown-gate']],
  ['workflow-and-playbooks', 'fence: {', 'hedge: {', ['unknown-step', 'unknown-step']],
  ['suppression', '# teamc-ignore level-skip: ', '# ', ['level-skip']],
  ['suppression', /(teamc-ignore level-skip): .+/, '$1', ['schema']],
])('%s: the page tells how to break it', (name, from, to, rules) => {
  const text = readFileSync(join(EXAMPLES, name, 'team.yaml'), 'utf8');
  const found = lint(loadText(text.replace(from, to)), { profile: 'strict' }).map(({ rule }) => rule);
  expect(found).toEqual(expect.arrayContaining(rules));
});

function foldersIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The team files of a folder and of those below it. */
function teamFilesIn(disk: Disk, path: string): readonly string[] {
  const own = disk.teamFile(path);
  return [...(own === undefined ? [] : [own]), ...disk.folders(path).flatMap((below) => teamFilesIn(disk, below))];
}

/** What a reader as strict as ours finds wrong with the front matter of an emitted file. */
function problemsIn({ path, content }: PlannedFile): readonly string[] {
  if (!path.endsWith('.md')) return [];
  return readDocument({ path, text: content }).problems.map(({ message }) => `${path}: ${message}`);
}

/** A finding as a line of `expected.txt`. */
function said({ documents }: LoadedTeam): (found: Diagnostic) => string {
  return ({ severity, rule, message, at }) => {
    const { document, line, column } = locatePlace(at, documents);
    return `${document?.path ?? at.file}:${line}:${column} ${severity} ${rule}: ${message}\n`;
  };
}

/** The words of each line in the fenced commands of a page. */
function commandsIn(page: string): readonly string[][] {
  const typed = [...page.matchAll(/^\$ (.+)$/gm)].map(([, line = '']) => line);
  return [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block = '']) => block.trim().split('\n'))
    .concat(typed)
    .map((line) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''));
}

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { repeat } from '../../src/cli/remember.ts';
import type { Question } from '../../src/workspace/answers.ts';
import { type Outcome, project, teamc } from './project.ts';

const RUNS = Number(process.env['TEAMC_SOAK'] ?? 1) * 12;

afterEach(() => vi.useRealTimers());

const role = (text: string): string => `---\ndescription: ${text}\ntools: [read]\n---\nWork.\n`;
const FILES = {
  'team.yaml': 'teamc: 1\nname: shop\ndescription: A shop.\nentry: a\nuses: { other: ./other }\n',
  'roles/a.md':
    '---\ndescription: Leads.\ntools: [read, { include: shared.yaml }]\ndelegates-to: [b, c/d]\n---\nLead.\n',
  'roles/b.md': role('Helps the others.'),
  'roles/c/d.yaml': 'description: Writes.\ntools: [edit]\n',
  'shared.yaml': '- search\n- todo\n',
  'other/team.yaml': 'teamc: 1\nname: other\ndescription: Another.\n',
  'other/roles/x.md': role('Is far away.'),
};

const PATHS = [
  ...Object.keys(FILES),
  'roles/new.md',
  'roles/c/e.yml',
  'roles/f/g.md',
  'team.yml',
  'roles/b',
  'roles/.h.md',
];
const TEXTS = [
  role('Helps the others.'),
  role('Helps the others!'),
  '---\ndescription: Leads.\ntools: [raed]\nescalates-to: nobody\n---\n',
  'description: [broken\n',
  'teamc: 1\nname: shop\ndescription: A shop.\nentry: b\n',
  '- search\n',
  '',
];

type Change = (root: string) => void;

function put(root: string, path: string, text: string): void {
  const full = join(root, path);
  if (existsSync(full) && statSync(full).isDirectory()) return;
  try {
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
  } catch {}
}

/** Everything that people and programs do to the files of a team. */
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(fc.constantFrom(...PATHS), fc.constantFrom(...TEXTS)).map(
    ([path, text]) =>
      (root: string) =>
        put(root, path, text),
  ),
  fc.constantFrom(...PATHS).map((path) => (root: string) => {
    try {
      rmSync(join(root, path), { force: true, recursive: true });
    } catch {}
  }),
  fc
    .tuple(fc.constantFrom(...PATHS), fc.constantFrom(...PATHS, 'roles/z', 'gone'))
    .map(([from, to]) => (root: string) => {
      try {
        renameSync(join(root, from), join(root, to));
      } catch {}
    }),
  fc.constantFrom(...PATHS).map((path) => (root: string) => {
    try {
      utimesSync(join(root, path), new Date(), new Date());
    } catch {}
  }),
  // A text of the same length under the same time: only the time of the change tells.
  fc.constantFrom(...PATHS).map((path) => (root: string) => {
    const full = join(root, path);
    if (!existsSync(full) || !statSync(full).isFile()) return;
    const { atime, mtime } = statSync(full);
    writeFileSync(full, readFileSync(full, 'utf8').replace(/[a-z]/, 'Z'));
    utimesSync(full, atime, mtime);
  }),
  fc
    .tuple(
      fc.constantFrom('c', 'a.md', '../other/roles', '..', 'nowhere'),
      fc.constantFrom('roles/l', 'roles/m.md', 'roles/c'),
    )
    .map(([target, path]) => (root: string) => {
      try {
        rmSync(join(root, path), { recursive: true, force: true });
        symlinkSync(target, join(root, path));
      } catch {}
    }),
  fc.constant((root: string) => {
    try {
      renameSync(join(root, 'roles'), join(root, 'held'));
      renameSync(join(root, 'held'), join(root, 'roles'));
    } catch {}
  }),
);

const ARGVS = [
  ['lint'],
  ['lint', '--format', 'json'],
  ['lint', 'roles/a.md'],
  ['lint', '--cwd', 'roles'],
  ['lint', 'other', '-q'],
];

/** Runs a command line as a process with a cache would. */
async function remembering(cwd: string, cache: string, argv: readonly string[]): Promise<Outcome & { known: boolean }> {
  const question: Question = { cache, text: JSON.stringify([cwd, ...argv]) };
  const said = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({
    write(text: string) {
      said[name] += text;
    },
  });
  const io = { stdout: sink('stdout'), stderr: sink('stderr'), cwd, env: {}, isTTY: false };
  const code = repeat(question, io);
  if (code !== undefined) return { code, ...said, known: true };
  return { ...(await teamc(cwd, argv, { question })), known: false };
}

let hits = 0;

/** After each change the cache must say what a new look says. */
async function tellsTheTruth(changes: readonly (readonly Change[])[]): Promise<void> {
  const root = project(FILES);
  const cache = project();
  for (const some of [[], ...changes]) {
    for (const apply of some) apply(root);
    for (const argv of ARGVS) {
      const { known, ...outcome } = await remembering(root, cache, argv);
      expect(outcome).toEqual(await teamc(root, argv));
      if (known) hits++;
    }
    // The clock of the file system may tick more slowly than changes follow each other here.
    await setTimeout(15);
  }
  expect(readdirSync(root)).not.toContain('answers');
}

const history = fc.array(fc.array(change, { maxLength: 3 }), { minLength: 1, maxLength: 6 });

test('with the cache lint says what it says without, whatever happens to the files in between', async () => {
  await fc.assert(fc.asyncProperty(history, tellsTheTruth), { numRuns: RUNS });
  expect(hits).toBeGreaterThan(0);
});

test('so it does where the files have been at rest, and only their times are looked at', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
  hits = 0;
  await fc.assert(fc.asyncProperty(history, tellsTheTruth), { numRuns: RUNS });
  expect(hits).toBeGreaterThan(0);
});

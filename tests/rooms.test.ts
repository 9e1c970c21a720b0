import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';

/** The rooms of `src/`, in the order in which data walks through them. A room knows only the rooms before it. */
const ROOMS = [
  'text',
  'pattern',
  'diagnostic',
  'document',
  'schema',
  'team',
  'analysis',
  'import',
  'target',
  'rules',
  'simulate',
  'report',
  'pages',
  'workspace',
  'lsp',
  'cli',
  'library',
];

/** Built-in modules that touch the world outside belong to the rooms at its ends; the others are free. */
const WORLD = /^node:(?:fs|child_process|net|http|https|os|worker_threads)(?:\/|$)/;

const files = (readdirSync('src', { recursive: true }) as string[])
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((file) => /^src\/.+\/.+\.ts$/.test(file));
const imports = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^']+)'|\bimport\('([^']+)'\)/gms)].map(
    (match) => ({
      file,
      from: match[1] ?? match[2] ?? '',
    }),
  ),
);

const roomOf = (path: string): string => path.split('/')[1] ?? '';

test('every file of the source stands in a room', () => {
  expect([...new Set(files.map(roomOf))].filter((room) => !ROOMS.includes(room))).toEqual([]);
});

test('data walks one way', () => {
  const backwards = imports
    .filter(({ from }) => from.startsWith('.'))
    .map(({ file, from }) => ({ file, to: posix.join(posix.dirname(file), from) }))
    .filter(({ file, to }) => ROOMS.indexOf(roomOf(to)) > ROOMS.indexOf(roomOf(file)));
  expect(backwards).toEqual([]);
});

test('each dependency has one door', () => {
  const doors = new Map<string, Set<string>>();
  for (const { file, from } of imports) {
    if (from.startsWith('.') || from.startsWith('node:')) continue;
    const name = from
      .split('/')
      .slice(0, from.startsWith('@') ? 2 : 1)
      .join('/');
    doors.set(name, (doors.get(name) ?? new Set()).add(roomOf(file)));
  }
  expect([...doors].filter(([, rooms]) => rooms.size > 1).map(([name, rooms]) => [name, [...rooms]])).toEqual([]);
});

test('only the workspace and the command line touch the world outside', () => {
  const strays = imports.filter(({ file, from }) => WORLD.test(from) && !['workspace', 'cli'].includes(roomOf(file)));
  expect(strays).toEqual([]);
});

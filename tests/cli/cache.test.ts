import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cacheFolder } from '../../src/workspace/cache-folder.ts';
import { builtCommand, project, shipped } from './project.ts';

const FILES = {
  'team.yaml': 'teamc: 1\nname: shop\ndescription: A shop.\nentry: lead\n',
  'roles/lead.md':
    '---\ndescription: Leads the shop and hands work on.\ntools: [read]\ndelegates-to: [{ role: clerk, for: orders }]\n---\nLead the shop.\n',
  'roles/clerk.md': '---\ndescription: Takes orders.\ntools: [read]\nescalates-to: lead\n---\nTake orders.\n',
};

/** Runs lint as a process with a cache of its own. */
function lint(cwd: string, cache: string, ...argv: readonly string[]) {
  return shipped(cwd, ['lint', ...argv], { env: { ...process.env, TEAMC_CACHE: cache, NO_COLOR: '1' } });
}

const answersIn = (cache: string): readonly string[] => {
  try {
    return readdirSync(join(cache, 'answers'));
  } catch {
    return [];
  }
};

/** A team that was looked at, and the one answer that was kept. */
function answered() {
  const cwd = project(FILES);
  const cache = project();
  const first = lint(cwd, cache);
  const [name = ''] = answersIn(cache);
  return { cwd, cache, first, file: join(cache, 'answers', name) };
}

describe('the cache of lint', () => {
  test('says again what was said', () => {
    const { cwd, cache, first, file } = answered();
    expect(answersIn(cache)).toHaveLength(1);
    expect(lint(cwd, cache)).toEqual(first);
    expect(readFileSync(file, 'latin1')).toContain('3 files');
    expect(answersIn(cache)).toHaveLength(1);
  });

  test('looks into files whose times changed, and needs nothing else of teamc where they are the same', () => {
    const cwd = project(FILES);
    const cache = project();
    const copy = project({ 'package.json': '{ "version": "0.0.0" }', 'schemas/x': '' });
    cpSync(dirname(builtCommand()), copy, { recursive: true });
    const env = { ...process.env, TEAMC_CACHE: cache, NO_COLOR: '1' };
    const run = () => shipped(cwd, ['lint'], { env }, join(copy, 'cli.cjs'));
    const first = run();
    utimesSync(join(cwd, 'roles/lead.md'), 1, 1);
    writeFileSync(join(cwd, 'team.yaml'), FILES['team.yaml']);
    rmSync(join(copy, 'command/core.cjs'));
    expect(run()).toEqual(first);
    writeFileSync(join(cwd, 'team.yaml'), `${FILES['team.yaml']}# changed\n`);
    expect(run().stderr).toContain('core.cjs');
  });

  test('writes nothing into the project', () => {
    const { cwd, cache } = answered();
    lint(cwd, cache);
    expect(readdirSync(cwd, { recursive: true }).toSorted()).toEqual(
      ['.git', 'roles', 'roles/clerk.md', 'roles/lead.md', 'team.yaml'].toSorted(),
    );
  });

  test('keeps nothing when it is told not to, nor for what writes or reads something else', () => {
    const cwd = project(FILES);
    const cache = project();
    lint(cwd, cache, '--no-cache');
    lint(cwd, cache, '--fix');
    lint(cwd, cache, '--output', 'report.txt');
    lint(cwd, cache, '--baseline', 'old.json', '--update-baseline');
    lint(cwd, cache, '--baseline', 'old.json');
    expect(lint(cwd, cache, '--no-such-option').code).toBe(2);
    expect(lint(cwd, cache, 'nowhere').code).toBe(2);
    expect(answersIn(cache)).toEqual([]);
    expect(lint(cwd, 'off').code).toBe(0);
    expect(readdirSync(cwd)).not.toContain('off');
  });

  test('answers each command line on its own', () => {
    const { cwd, cache } = answered();
    const argvs = [['--format', 'json'], ['--quiet'], ['roles/lead.md'], ['--profile', 'strict'], ['--cwd', '.']];
    const first = argvs.map((argv) => lint(cwd, cache, ...argv));
    expect(answersIn(cache)).toHaveLength(6);
    expect(argvs.map((argv) => lint(cwd, cache, ...argv))).toEqual(first);
  });
});

describe('a cache that is no good is none', () => {
  test.each([
    ['empty', () => Buffer.alloc(0)],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['longer', (bytes: Buffer) => Buffer.concat([bytes, bytes])],
    ['noise', (bytes: Buffer) => Buffer.alloc(bytes.length, 7)],
    ['of another version', (bytes: Buffer) => Buffer.concat([Buffer.from('TCA9'), bytes.subarray(4)])],
    [
      'forged in what it says',
      (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace('No findings', 'No findinGs'), 'latin1'),
    ],
    [
      'forged in what was seen',
      (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace('clerk', 'clerc'), 'latin1'),
    ],
  ])('%s', (_, spoil) => {
    const { cwd, cache, first, file } = answered();
    const good = readFileSync(file);
    writeFileSync(file, spoil(good));
    expect(lint(cwd, cache)).toEqual(first);
    expect(readFileSync(file).length).toBe(good.length);
  });

  test('any single byte that differs', () => {
    const { cwd, cache, first, file } = answered();
    const good = readFileSync(file);
    const every = Math.max(1, Math.floor(good.length / (12 * Number(process.env['TEAMC_SOAK'] ?? 1))));
    for (let at = 0; at < good.length; at += every) {
      const bytes = Buffer.from(good);
      bytes[at] = bytes[at]! ^ 0x15;
      writeFileSync(file, bytes);
      expect(lint(cwd, cache)).toEqual(first);
    }
  });

  test('compiled code in which a byte differs, or that is cut off', () => {
    const { cwd, cache, first } = answered();
    const [name = ''] = readdirSync(join(cache, 'compiled'));
    const file = join(cache, 'compiled', name);
    const good = readFileSync(file);
    for (const at of [0, 5, 9, 1000, good.length >> 1, good.length - 1]) {
      const bytes = Buffer.from(good);
      bytes[at] = bytes[at]! ^ 0x40;
      writeFileSync(file, bytes);
      rmSync(join(cache, 'answers'), { recursive: true });
      expect(lint(cwd, cache)).toEqual(first);
      expect(readFileSync(file).equals(bytes)).toBe(false);
    }
    writeFileSync(file, good.subarray(0, 5));
    rmSync(join(cache, 'answers'), { recursive: true });
    expect(lint(cwd, cache)).toEqual(first);
    expect(lint(cwd, cache, '--format', 'json').code).toBe(first.code);
  });

  test('a folder where the answer should lie, a file where the folder should lie, a link to nowhere', () => {
    const { cwd, cache, first, file } = answered();
    rmSync(file);
    mkdirSync(join(file, 'below'), { recursive: true });
    expect(lint(cwd, cache)).toEqual(first);
    const blocked = project({ cache: 'a file' });
    expect(lint(cwd, join(blocked, 'cache'))).toEqual(first);
    symlinkSync('nowhere', join(blocked, 'link'));
    expect(lint(cwd, join(blocked, 'link'))).toEqual(first);
    expect(lint(cwd, '/proc/none')).toEqual(first);
  });

  test('it holds no more than so many answers', () => {
    const { cwd, cache, file } = answered();
    const bytes = readFileSync(file);
    for (let at = 0; at < 300; at++) writeFileSync(join(cache, 'answers', `old-${at}`), bytes);
    lint(cwd, cache, '--quiet');
    expect(answersIn(cache).length).toBe(200);
  });
});

test('each system has its place for caches', () => {
  expect(cacheFolder({ HOME: '/home/a' }, 'linux')).toBe('/home/a/.cache/teamc');
  expect(cacheFolder({ HOME: '/home/a', XDG_CACHE_HOME: '/var/a' }, 'linux')).toBe('/var/a/teamc');
  expect(cacheFolder({ HOME: '/home/a', XDG_CACHE_HOME: 'relative' }, 'linux')).toBe('/home/a/.cache/teamc');
  expect(cacheFolder({ HOME: '/Users/a' }, 'darwin')).toBe('/Users/a/Library/Caches/teamc');
  expect(cacheFolder({ LOCALAPPDATA: 'C:\\a' }, 'win32')).toBe('C:\\a/teamc');
  expect(cacheFolder({}, 'linux')).toBeUndefined();
  expect(cacheFolder({ HOME: '/home/a', TEAMC_CACHE: '/b' }, 'linux')).toBe('/b');
  expect(cacheFolder({ HOME: '/home/a', TEAMC_CACHE: 'off' }, 'linux')).toBeUndefined();
});

describe('the cache of build', () => {
  /** Runs build as a process with a cache of its own. */
  const build = (cwd: string, cache: string, ...argv: readonly string[]) =>
    shipped(cwd, ['build', '--out', 'out', ...argv], { env: { ...process.env, TEAMC_CACHE: cache, NO_COLOR: '1' } });

  /** A team that was built twice, so that the second answer was kept. */
  function built() {
    const cwd = project(FILES);
    const cache = project();
    build(cwd, cache);
    expect(answersIn(cache)).toEqual([]);
    const second = build(cwd, cache);
    expect(answersIn(cache)).toHaveLength(1);
    return { cwd, cache, second, agent: join(cwd, 'out/.claude/agents/clerk.md') };
  }

  test('says again that nothing is to do', () => {
    const { cwd, cache, second } = built();
    expect(build(cwd, cache)).toEqual(second);
    expect(second).toEqual(build(cwd, 'off'));
  });

  test.each([
    ['a file that it wrote is gone', ({ agent }) => rmSync(agent)],
    ['a file that it wrote was changed', ({ agent }) => writeFileSync(agent, `${readFileSync(agent, 'utf8')}!`)],
    [
      'a role was changed',
      ({ cwd }) => writeFileSync(join(cwd, 'roles/clerk.md'), FILES['roles/clerk.md'].replace('Takes', 'Seeks')),
    ],
    ['a role is gone', ({ cwd }) => rmSync(join(cwd, 'roles/clerk.md'))],
    ['what it remembers is gone', ({ cwd }) => rmSync(join(cwd, 'out/.teamc'), { recursive: true })],
    [
      'a folder is a link',
      ({ cwd }) => {
        renameSync(join(cwd, 'out/.claude'), join(cwd, 'out/held'));
        symlinkSync('held', join(cwd, 'out/.claude'));
      },
    ],
    ['another build is under way', ({ cwd }) => writeFileSync(join(cwd, 'out/.teamc/.journal'), '{')],
  ] satisfies [string, (made: ReturnType<typeof built>) => void][])('looks anew when %s', (_, change) => {
    const one = built();
    change(one);
    const other = built();
    change(other);
    expect(build(one.cwd, one.cache, '--check')).toEqual(build(other.cwd, 'off', '--check'));
    expect(build(one.cwd, one.cache)).toEqual(build(other.cwd, 'off'));
    expect(build(one.cwd, one.cache)).toEqual(build(other.cwd, 'off'));
  });
});

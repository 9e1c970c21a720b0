import { posix, win32 } from 'node:path';
import { expect, test } from 'vitest';
import { isBelow, slashed } from '../../src/workspace/paths.ts';

test('on Windows paths are written with forward slashes; elsewhere a backslash is a letter of a name', () => {
  expect(slashed(win32.relative('C:\\team', 'C:\\team\\roles\\lead.md'), win32)).toBe('roles/lead.md');
  expect(slashed(win32.relative('C:\\team', 'D:\\other\\team.yaml'), win32)).toBe('D:/other/team.yaml');
  expect(slashed('roles/a\\b.md', posix)).toBe('roles/a\\b.md');
});

test.each<[folder: string, path: string, below: boolean]>([
  ['C:\\out', 'C:\\out\\a\\b.md', true],
  ['C:\\out', 'c:\\OUT\\a.md', true],
  ['C:\\out', 'C:\\out', false],
  ['C:\\out', 'C:\\', false],
  ['C:\\out', 'C:\\outside\\a.md', false],
  ['C:\\out', 'D:\\out\\a.md', false],
  ['C:\\out', '\\\\server\\share\\a.md', false],
  ['C:\\out', 'C:\\out\\..a.md', true],
])('on Windows, below %s lies %s: %s', (folder, path, below) => {
  expect(isBelow(folder, path, win32)).toBe(below);
});

test.each<[folder: string, path: string, below: boolean]>([
  ['/out', '/out/a/b.md', true],
  ['/out', '/out', false],
  ['/out', '/', false],
  ['/out', '/outside/a.md', false],
  ['/out', '/out/..a.md', true],
])('elsewhere, below %s lies %s: %s', (folder, path, below) => {
  expect(isBelow(folder, path, posix)).toBe(below);
});

import { expect, test } from 'vitest';
import { EXECUTORS } from '../../src/analysis/executors.ts';
import { PROGRAMS } from '../../src/analysis/programs.ts';
import { findCall } from '../../src/pattern/find.ts';

test.each(EXECUTORS.map(({ pattern }) => pattern))('%s is a simple command', (pattern) => {
  const within = [{ dialect: 'command', pattern } as const];
  expect(findCall({ lists: [] }, { within, decisions: ['allow'], domain: 'command' })).not.toBe('none');
});

test('nothing is listed twice', () => {
  expect(new Set(EXECUTORS.map(({ pattern }) => pattern)).size).toBe(EXECUTORS.length);
  expect(PROGRAMS.filter((program, at) => PROGRAMS.indexOf(program) !== at)).toEqual([]);
});

import { expect, test } from 'vitest';
import { sideName } from '../../src/cli/sides.ts';

const there = new Set(['team', 'odd:name', 'me@home', 'teams/a']);

test.each([
  ['team', { path: 'team' }],
  ['main:teams/a', { revision: 'main', path: 'teams/a' }],
  ['HEAD~2:./team.yaml', { revision: 'HEAD~2', path: './team.yaml' }],
  ['HEAD@{1}:team', { revision: 'HEAD@{1}', path: 'team' }],
  ['main@{2025-01-01 10:00}:team', { revision: 'main@{2025-01-01 10:00}', path: 'team' }],
  ['v1.0:', { revision: 'v1.0', path: '' }],
  ['team@opencode', { path: 'team', target: 'opencode' }],
  ['team@claude', { path: 'team', target: 'claude-code' }],
  ['team@ideal', { path: 'team' }],
  ['@roo', { path: '', target: 'roo' }],
  ['main:team@roo', { revision: 'main', path: 'team', target: 'roo' }],
  ['odd:name', { path: 'odd:name' }],
  ['odd:name@roo', { path: 'odd:name', target: 'roo' }],
  ['me@home', { path: 'me@home' }],
  ['C:\\teams\\a', { path: 'C:\\teams\\a' }],
])('%s', (name, expected) => {
  const { target, ...rest } = sideName(name, (path) => there.has(path));
  expect({ ...rest, ...(target ? { target: target.manifest.target } : {}) }).toEqual(expected);
});

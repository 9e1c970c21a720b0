import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/analysis/facts.ts';
import { loadText } from '../memory.ts';

type Rules = readonly object[];

/** What is told of the rules for the shell that some roles share in a block, and have of their own behind it. */
function told(
  shared: Rules,
  own: Readonly<Record<string, Rules>>,
  tools: Readonly<Record<string, readonly string[]>> = {},
) {
  const roles = Object.entries(own).map(([id, rules]) => [
    id,
    { description: 'Works.', tools: tools[id] ?? ['shell'], permissions: ['common', { shell: rules }] },
  ]);
  const { team } = loadText(
    JSON.stringify({
      teamc: 1,
      name: 'shop',
      permissions: { common: { shell: shared } },
      roles: Object.fromEntries(roles),
    }),
  );
  return analyze(team).idleRules.map(
    ({ entry, why, others, readers }) =>
      `${entry.decision} ${entry.pattern}: ${why} by ${others.map(({ decision, pattern }) => `${decision} ${pattern}`).join(' and ') || 'the default'}, for ${readers.map(({ id }) => id).join(' and ')}`,
  );
}

describe('A shared rule that changes nothing', () => {
  test('is told once, with all who read it', () => {
    expect(told([{ allow: 'git push' }, { deny: 'git *' }], { dev: [], ops: [] })).toEqual([
      'allow git push: shadowed by deny git *, for dev and ops',
    ]);
    expect(told([{ ask: 'git *' }], { dev: [], ops: [{ allow: 'npm *' }] })).toEqual([
      'ask git *: redundant by the default, for dev and ops',
    ]);
  });

  test('is not told where it counts for one of those who read it', () => {
    expect(told([{ allow: 'git *' }], { dev: [{ deny: '*' }], ops: [] })).toEqual([]);
    expect(told([{ ask: 'git *' }], { dev: [], ops: [{ deny: 'npm *' }] })).toEqual([
      'ask git *: redundant by the default, for dev and ops',
    ]);
  });

  test('is redundant where it is shadowed for one and redundant for another', () => {
    expect(told([{ ask: 'git *' }], { dev: [{ deny: '*' }], ops: [] })).toEqual([
      'ask git *: redundant by deny *, for dev and ops',
    ]);
    expect(told([{ ask: 'git *' }], { dev: [], ops: [{ deny: '*' }] })).toEqual([
      'ask git *: redundant by the default, for dev and ops',
    ]);
  });

  test('is no matter of roles that lack the tool', () => {
    expect(told([{ allow: 'git *' }], { dev: [{ deny: '*' }], ops: [] }, { ops: ['read'] })).toEqual([
      'allow git *: shadowed by deny *, for dev',
    ]);
  });
});

describe('Rules that are idle because of each other', () => {
  test('are told but for those that count once the others are gone', () => {
    expect(told([{ allow: 'git *' }], { dev: [{ allow: 'git *' }] })).toEqual([
      'allow git *: shadowed by allow git *, for dev',
    ]);
  });

  test('are told before those that are idle only without them', () => {
    expect(told([{ allow: 'g*' }, { deny: 'git *' }], { dev: [{ allow: 'git *' }] })).toEqual([
      'deny git *: shadowed by allow git *, for dev',
    ]);
  });

  test('are told of those that stay', () => {
    expect(told([{ ask: 'npm *' }, { allow: 'git *' }], { dev: [{ deny: 'npm *' }, { allow: 'git push *' }] })).toEqual(
      ['ask npm *: shadowed by deny npm *, for dev', 'allow git push *: redundant by allow git *, for dev'],
    );
    expect(told([{ allow: 'git push *' }, { allow: 'git *' }], { dev: [{ allow: 'git push --force' }] })).toEqual([
      'allow git push *: shadowed by allow git *, for dev',
      'allow git push --force: redundant by allow git *, for dev',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { lint } from '../../src/rules/lint.ts';
import { notDelegable } from '../../src/rules/not-delegable.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { unsafeText } from '../../src/rules/unsafe-text.ts';
import { loadText } from '../memory.ts';

function told(rule: Rule, roles: object, targets: readonly string[]): readonly string[] {
  const loaded = loadText(JSON.stringify({ teamc: 1, name: 'shop', roles }));
  return lint(loaded, { rules: [rule], targets }).map(({ message }) => message);
}

describe('What a platform does not load', () => {
  test('is a file over 1 MiB, counted in bytes', () => {
    const role = (letters: number) => ({ lead: { description: 'Plans.', instructions: 'ü'.repeat(letters) } });
    expect(told(unsafeText, role(520_000), ['claude-code'])).toEqual([]);
    expect(told(unsafeText, role(525_000), ['claude-code'])).toEqual([
      expect.stringMatching(/^Claude Code does not load lead: \.claude\/agents\/lead\.md would have 105\d+ bytes/),
    ]);
    expect(told(unsafeText, role(525_000), ['opencode'])).toEqual([]);
  });

  test('is an agent with a name over 256 characters', () => {
    const name = (length: number) => ({ ['a'.repeat(length)]: { description: 'Plans.' } });
    expect(told(notDelegable, name(256), ['claude-code'])).toEqual([]);
    expect(told(notDelegable, name(257), ['claude-code'])).toEqual([
      `Claude Code does not load ${'a'.repeat(40)}…: its name has 257 characters, and 256 are the most.`,
    ]);
  });
});

describe('The platforms that are asked about', () => {
  const roles = { lead: { instructions: 'Plan.' } };

  test('are none, unless somebody names them', () => {
    expect(told(unsafeText, roles, [])).toEqual([]);
  });

  test('are known by their other names, and asked once', () => {
    expect(told(unsafeText, roles, ['claude', 'claude-code'])).toEqual([
      'Claude Code loads no agent without a description, and lead has none.',
    ]);
  });

  test('are those that there are', () => {
    expect(() => told(unsafeText, roles, ['clod'])).toThrow(new RangeError('There is no target "clod"'));
  });
});

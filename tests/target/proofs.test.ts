import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { builtinTarget } from '../../src/target/builtin.ts';
import { compile } from '../../src/target/compile.ts';
import { difference as claudeDifference } from '../../src/target/platforms/claude-policy.ts';
import { difference as rooDifference } from '../../src/target/platforms/roo.ts';
import { fileRegexOf } from '../../src/target/platforms/roo-regex.ts';
import type { Target } from '../../src/target/target.ts';
import { usable } from '../../src/target/usable.ts';
import { policyOf } from '../../src/team/policy.ts';
import { readTeam } from '../../src/team/read.ts';
import { Disk } from '../../src/workspace/disk.ts';

/** What is taken for equal by the form of its patterns is held to the proof here, on every shipped team. */
describe.each(readdirSync('teams'))('%s', (name) => {
  const { team } = readTeam(`teams/${name}/team.yaml`, new Disk(process.cwd()));
  const roles = [...team.roles.values()];

  test("each role's fileRegex equals its edit rules", () => {
    const differing = roles.flatMap((role) => {
      const policy = { lists: policyOf(role, 'edit').lists };
      const source =
        usable(role, 'edit') && policy.lists.some(({ rules }) => rules.length > 0) ? fileRegexOf(policy) : undefined;
      return source === undefined ? [] : (rooDifference(policy, source) ?? []);
    });
    expect(differing).toEqual([]);
  });

  test('settings and guard together equal the rules for commands and files', () => {
    const differing = roles.flatMap((role) =>
      (['shell', 'edit', 'fetch'] as const).flatMap((tool) =>
        usable(role, tool) ? (claudeDifference({ lists: policyOf(role, tool).lists }, tool) ?? []) : [],
      ),
    );
    expect(differing).toEqual([]);
  });

  test("opencode's rules are never looser, and differ only where they say so", () => {
    const { fidelity } = compile(team, builtinTarget('opencode') as Target);
    const looser = fidelity.filter(({ because }) => because && /are (?:looser|incomparable|undecided)/.test(because));
    expect(looser.map(({ role, feature, because }) => `${role} ${feature}: ${because}`)).toEqual([]);
  });
});

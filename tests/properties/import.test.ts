import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomTeam } from '../conformance/random-team.ts';
import { filesOf, importProject, planFor, saidBy } from '../import/back.ts';
import { randomRole } from '../import/random-role.ts';
import { changedBy } from '../import/values.ts';
import { random, soak } from '../pattern/brute-force.ts';
import { sample } from '../target/sample.ts';

const TARGETS = ['claude-code', 'opencode', 'roo'] as const;

test.each(TARGETS)('a team by chance, built for %s and imported, builds the same files again', (target) => {
  for (let seed = 1; seed <= soak(7); seed++) {
    const team = randomTeam('chance', 5, random(seed), 'every');
    const plan = planFor(team, target);
    const { loaded } = importProject(filesOf(plan));
    expect({ seed, files: saidBy(planFor(loaded.team, target)) }).toEqual({ seed, files: saidBy(plan) });
  }
});

test.each(TARGETS)(
  'a team by chance, built for %s and imported, says the same but for what is called lost',
  (target) => {
    for (let seed = 1; seed <= soak(7); seed++)
      expect({ seed, changed: changedBy(randomTeam('chance', 5, random(seed), 'every'), target) }).toEqual({
        seed,
        changed: [],
      });
  },
);

test.each(TARGETS)(
  'a role with some of everything, built for %s and imported, says the same but for what is called lost',
  (target) => {
    fc.assert(
      fc.property(randomRole, (keeper) => {
        expect(changedBy(sample(keeper).team, target)).toEqual([]);
      }),
      { numRuns: soak(7) },
    );
  },
);

test.each(TARGETS)(
  'a role with some of everything, built for %s and imported, builds the same files again',
  (target) => {
    fc.assert(
      fc.property(randomRole, (keeper) => {
        const plan = planFor(sample(keeper).team, target);
        const { loaded } = importProject(filesOf(plan));
        expect(loaded.problems).toEqual([]);
        expect(saidBy(planFor(loaded.team, target))).toEqual(saidBy(plan));
      }),
      { numRuns: soak(7) },
    );
  },
);

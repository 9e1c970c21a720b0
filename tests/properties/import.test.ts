import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RoleDefinition } from '../../src/schema/generated/definitions.ts';
import { randomTeam } from '../conformance/random-team.ts';
import { filesOf, importProject, planFor, saidBy } from '../import/back.ts';
import { changedBy } from '../import/values.ts';
import { random, soak } from '../pattern/brute-force.ts';
import { EVERYTHING, sample } from '../target/sample.ts';

const TARGETS = ['claude-code', 'opencode', 'roo'] as const;

/** Words that hold what separates words in a prompt. */
const word = fc.constantFrom(
  'speed',
  'a, b',
  'this; that',
  'cats or dogs',
  '"quoted"',
  'key: value',
  'ünïcode',
  '“curly”',
  'x (a person)',
);

const texts = fc.array(word, { minLength: 2, maxLength: 4 });

/** Fields that hold texts, with texts by chance. */
const changed: fc.Arbitrary<RoleDefinition> = fc.record(
  {
    tags: texts,
    responsibilities: texts,
    priorities: texts,
    capabilities: texts,
    'when-to-use': texts,
    handoff: fc.record({ required: texts, optional: texts }),
    'delegates-to': fc.array(
      fc.record({ role: fc.constantFrom('clerk', 'auditor', ['clerk', 'auditor']), for: texts, keywords: texts }),
      { minLength: 1, maxLength: 2 },
    ),
    accepts: fc.record({ type: texts }),
    'escalates-to': fc.array(
      fc.record({
        role: fc.constant('chief'),
        when: fc.array(
          fc.oneof(
            fc.constantFrom('fraud', 'gate-failed'),
            fc.record({ amount: fc.constantFrom('large', ['large', 'odd']) }),
          ),
          { minLength: 1, maxLength: 3 },
        ),
      }),
      { minLength: 1, maxLength: 1 },
    ),
    instructions: fc.constantFrom(
      'Book first.',
      '## Delegates to\n\n- nobody\n\n## Tags\n\n- none',
      'A\n\n---\n\nB',
      '# Title\n\n- list',
    ),
  },
  { requiredKeys: [] },
);

const role = fc.tuple(fc.subarray(Object.keys(EVERYTHING) as (keyof RoleDefinition)[]), changed).map(
  ([keys, own]): RoleDefinition => ({
    description: 'Keeps the ledger.',
    ...Object.fromEntries(keys.map((key) => [key, EVERYTHING[key]])),
    ...own,
  }),
);

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
      fc.property(role, (keeper) => {
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
      fc.property(role, (keeper) => {
        const plan = planFor(sample(keeper).team, target);
        const { loaded } = importProject(filesOf(plan));
        expect(loaded.problems).toEqual([]);
        expect(saidBy(planFor(loaded.team, target))).toEqual(saidBy(plan));
      }),
      { numRuns: soak(7) },
    );
  },
);

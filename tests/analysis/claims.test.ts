import { describe, expect, test } from 'vitest';
import { doersOf, joined, keeps, limitOf, rolesOfClaim } from '../../src/analysis/claims.ts';
import { analyze } from '../../src/analysis/facts.ts';
import type { CountBound } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';

const NAMES = ['at-least', 'at-most', 'above', 'below'] as const;

function bound(value: number | string): CountBound {
  return { name: 'above', value, at: { file: 'team.yaml', pointer: [] } as unknown as CountBound['at'] };
}

const TEAM = `
teamc: 1
name: shop
roles:
  base: { description: Works., tools: [read] }
  dev: { extends: base, description: Works., tools: [shell], permissions: { shell: [allow: "git *"] }, delegates-to: [ops] }
  ops: { description: Works., tools: [shell], permissions: { shell: [deny: "*", ask: "rm *"] } }
  qa: { extends: dev, description: Works., delegates-to: [dev] }
assertions:
  - { never: { role: "*", except: base, may: { shell: ["rm *", "git *"] } } }
  - { never: { role: [qa, dev], reaches: { shell: "rm *" } } }
  - { exclusive: [dev, base] }
`;

describe('A bound', () => {
  test('is kept or not by a count that is less, the same or more', () => {
    const kept = NAMES.map((name) => [3, 4, 5].filter((count) => keeps(count, name, 4)));
    expect(kept).toEqual([[4, 5], [3, 4], [5], [3]]);
  });

  test('is a number or a share of all', () => {
    expect(
      [
        bound(3),
        bound('50%'),
        bound('12.5%'),
        bound('6.25%'),
        bound('x%'),
        bound('50'),
        bound('5%%'),
        bound('1 5%'),
      ].map((one) => limitOf(one, 16)),
    ).toEqual([3, 8, 2, 1, undefined, undefined, undefined, undefined]);
  });
});

describe('A claim', () => {
  const { team } = loadText(TEAM);
  const { roles, authority } = analyze(team);
  const [any, named, exclusive] = team.assertions;

  test('speaks of everyone or of those that it names, but for those that it leaves out, in the order of the team', () => {
    if (any?.kind !== 'never' || named?.kind !== 'never') throw new Error('the assertions were not read');
    expect(rolesOfClaim(any.claim, roles).map(({ id }) => id)).toEqual(['dev', 'ops', 'qa']);
    expect(rolesOfClaim(named.claim, roles).map(({ id }) => id)).toEqual(['dev', 'qa']);
  });

  test('is shown by those that act themselves first, each by its shortest way', () => {
    if (any?.kind !== 'never' || named?.kind !== 'never') throw new Error('the assertions were not read');
    const told = ({ claim }: typeof any) =>
      doersOf(claim, roles, authority).doers.map(
        ({ role, claimed, reach }) => `${role.id} ${claimed.pattern} over ${reach.path.length}`,
      );
    expect(told(any)).toEqual(['dev rm * over 0', 'ops rm * over 0', 'qa rm * over 0']);
    expect(told(named)).toEqual(['dev rm * over 0', 'qa rm * over 0']);
  });

  test('is shown by the call that takes the fewest hand-overs, and by who takes the fewest first', () => {
    const roles = {
      lead: { description: 'Leads.', 'delegates-to': ['near'] },
      near: { description: 'Works.', tools: ['shell:deploy *'], 'delegates-to': ['far'] },
      far: { description: 'Works.', tools: ['shell:rm *'] },
      apart: { description: 'Works.' },
    };
    const all = {
      teamc: 1,
      name: 'shop',
      roles,
      assertions: [{ never: { role: '*', reaches: { shell: ['rm *', 'deploy *'] } } }],
    };
    const chain = loadText(JSON.stringify(all)).team;
    const facts = analyze(chain);
    const [claimed] = chain.assertions;
    if (claimed?.kind !== 'never') throw new Error('the assertion was not read');
    const { doers, undecided } = doersOf(claimed.claim, facts.roles, facts.authority);
    expect(
      doers.map(({ role, claimed: { pattern }, reach }) => `${role.id} ${pattern} over ${reach.path.length}`),
    ).toEqual(['near deploy * over 0', 'far rm * over 0', 'lead deploy * over 1']);
    expect(undecided).toEqual([]);
  });

  test('is undecided of those whose rules are too intricate, but for those who are found by another call', () => {
    const rules = Array.from({ length: 20 }, (_, at) => {
      const [small, large] = [String.fromCharCode(97 + at), String.fromCharCode(65 + at)];
      return { allow: `*${small}*${large}*x${at}` };
    });
    const permissions = [{ 'web-search': [{ deny: '*' }, ...rules, { deny: '*x*' }] }];
    const claims = [
      { never: { role: '*', may: { 'web-search': '*' } } },
      { never: { role: '*', may: { 'web-search': '*', shell: 'rm *' } } },
    ];
    const roles = {
      dev: { description: 'Works.', tools: ['web-search', 'shell'], permissions },
      ops: { description: 'Works.', tools: ['web-search'], permissions },
      qa: { description: 'Tests.' },
    };
    const { team: odd } = loadText(JSON.stringify({ teamc: 1, name: 'shop', roles, assertions: claims }));
    const facts = analyze(odd);
    const told = odd.assertions.map((assertion) => {
      if (assertion.kind !== 'never') throw new Error('the assertion was not read');
      const { doers, undecided } = doersOf(assertion.claim, facts.roles, facts.authority);
      return [doers.map(({ role }) => role.id), undecided.map(({ id }) => id)];
    });
    expect(told).toEqual([
      [[], ['dev', 'ops']],
      [['dev'], ['ops']],
    ]);
  });

  test('that two roles exclude each other is broken by a role that is or extends both', () => {
    if (exclusive?.kind !== 'exclusive') throw new Error('the assertion was not read');
    expect(joined(exclusive, roles).map(({ role, both }) => [role.id, ...both.map(({ id }) => id)])).toEqual([
      ['dev', 'dev', 'base'],
      ['qa', 'dev', 'base'],
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Way, waysTo } from '../../src/analysis/ways.ts';
import type { Team } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';

const SOAK = Number(process.env['TEAMC_SOAK'] ?? 1);

const PROBE = { tool: 'shell', pattern: 'terraform *' } as const;

interface Member {
  readonly shell: string | undefined;
  readonly to: readonly { readonly role: string; readonly asked: boolean }[];
  /** Whom it may become, without or after asking; nobody where it can't. */
  readonly becomes: Readonly<Record<string, 'allow' | 'ask'>> | undefined;
}

const ids = ['a', 'b', 'c', 'd', 'e'];
const some = fc.constantFrom(...ids);
const members: fc.Arbitrary<Readonly<Record<string, Member>>> = fc
  .tuple(
    ...ids.map(() =>
      fc.record({
        shell: fc.constantFrom(undefined, 'allow', 'ask', 'deny'),
        to: fc.array(fc.record({ role: some, asked: fc.boolean() }), { maxLength: 3 }),
        becomes: fc.option(fc.dictionary(some, fc.constantFrom<'allow' | 'ask'>('allow', 'ask'), { maxKeys: 2 }), {
          nil: undefined,
        }),
      }),
    ),
  )
  .map((all) => Object.fromEntries(all.map((one, at) => [ids[at]!, one])));

function teamOf(all: Readonly<Record<string, Member>>): Team {
  const roles = Object.entries(all).map(([id, { shell, to, becomes }]) => [
    id,
    {
      description: 'Works.',
      tools: [...(shell ? ['shell'] : []), ...(becomes ? ['switch-role'] : [])],
      permissions: [
        { shell: [{ [shell ?? 'deny']: '*' }] },
        {
          'switch-role': [{ deny: '*' }, ...Object.entries(becomes ?? {}).map(([other, said]) => ({ [said]: other }))],
        },
      ],
      'delegates-to': to.map(({ role, asked }) => ({ role, ...(asked ? { approval: 'user' } : {}) })),
    },
  ]);
  return loadText(JSON.stringify({ teamc: 1, name: 'shop', roles: Object.fromEntries(roles) })).team;
}

/** A way in words: `a, asking b, c` is a who hands over to b after asking, and b to c without. */
function told({ from, handOvers, by, call }: Way): string {
  const steps = handOvers.map(({ to, asked }) => `${asked ? 'asking ' : ''}${to.id}`);
  expect(handOvers.map((step) => step.from)).toEqual([from, ...handOvers.map((step) => step.to)].slice(0, -1));
  expect([from, ...handOvers.map((step) => step.to)].at(-1)).toBe(by);
  return `${[from.id, ...steps].join(', ')}: ${call.decision}`;
}

/** Every way, by walking from each role over every hand-over to roles that were not there yet. */
function written(all: Readonly<Record<string, Member>>): readonly string[] {
  const found: string[] = [];
  const walk = (id: string, said: string, been: readonly string[]): void => {
    const { shell, to, becomes = {} } = all[id]!;
    if (shell === 'allow' || shell === 'ask') found.push(`${said}: ${shell}`);
    for (const next of ids.filter((other) => !been.includes(other))) {
      const over = [
        ...to.filter(({ role }) => role === next).map(({ asked }) => asked),
        ...(becomes[next] ? [becomes[next] === 'ask'] : []),
      ];
      if (over.length > 0) walk(next, `${said}, ${over.includes(false) ? '' : 'asking '}${next}`, [...been, next]);
    }
  };
  for (const id of ids) walk(id, id, [id]);
  return found;
}

const byText = (ways: readonly string[]) => [...ways].sort();

describe('The ways in which roles get a call made', () => {
  test('are all that a walk over delegation and switching finds, the shortest first', () => {
    let longest = 0;
    fc.assert(
      fc.property(members, (all) => {
        const roles = [...teamOf(all).roles.values()];
        const { ways, cut, undecided } = waysTo(roles, { probe: PROBE, most: Number.POSITIVE_INFINITY });
        expect(byText(ways.map(told))).toEqual(byText(written(all)));
        expect([cut, undecided]).toEqual([false, []]);
        const lengths = ways.map(({ handOvers }) => handOvers.length);
        expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
        longest = Math.max(longest, ...lengths);
      }),
      { numRuns: 200 * SOAK },
    );
    expect(longest).toBeGreaterThan(3);
  });

  test('from one role are those that begin with it, and as many as were asked for', () => {
    fc.assert(
      fc.property(members, some, fc.nat(6), (all, from, most) => {
        const roles = [...teamOf(all).roles.values()];
        const expected = written(all).filter((way) => way.startsWith(from));
        const start = roles.find(({ id }) => id === from)!;
        const { ways, cut } = waysTo(roles, { probe: PROBE, from: start, most });
        expect(ways).toHaveLength(Math.min(most, expected.length));
        expect(cut).toBe(expected.length > most);
        expect(ways.map(told).filter((way) => !expected.includes(way))).toEqual([]);
        const lengths = expected.map((way) => way.split(', ').length - 1).sort((a, b) => a - b);
        expect(ways.map(({ handOvers }) => handOvers.length)).toEqual(lengths.slice(0, most));
      }),
      { numRuns: 200 * SOAK },
    );
  });

  test('are cut where there are too many to look at, although few lead to the call', () => {
    const others = Array.from({ length: 12 }, (_, at) => `r${at}`);
    const roles = Object.fromEntries(
      others.map((id) => [id, { description: 'Works.', 'delegates-to': others.filter((one) => one !== id) }]),
    );
    const end = { description: 'Rolls out.', tools: ['shell'] };
    const all = { ...roles, r0: { ...roles['r0'], ...end } };
    const { team } = loadText(JSON.stringify({ teamc: 1, name: 'shop', roles: all }));
    const { ways, cut } = waysTo([...team.roles.values()], { probe: PROBE, most: Number.POSITIVE_INFINITY });
    expect(cut).toBe(true);
    expect(ways.length).toBeGreaterThan(10_000);
  });

  test('name the roles of which it could not be found out, as far as they are on the way', () => {
    const many = Array.from({ length: 20 }, (_, at) => {
      const [small, large] = [String.fromCharCode(97 + at), String.fromCharCode(65 + at)];
      return { allow: `*${small}*${large}*x${at}` };
    });
    const intricate = {
      description: 'Works.',
      tools: ['mcp'],
      permissions: [{ mcp: [{ deny: '*' }, ...many, { deny: '*x*' }] }],
    };
    const roles = {
      a: { description: 'Leads.', 'delegates-to': ['b'] },
      b: intricate,
      c: intricate,
      d: { description: 'Works.' },
    };
    const { team } = loadText(JSON.stringify({ teamc: 1, name: 'shop', roles }));
    const all = [...team.roles.values()];
    const asked = { probe: { tool: 'mcp', pattern: '*' }, from: all[0]!, most: 9 } as const;
    expect(waysTo(all, asked)).toEqual({ ways: [], cut: false, undecided: [all[1]] });
  });
});

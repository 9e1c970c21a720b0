import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editorsOf, ownershipsOf, sharedPath } from '../../src/analysis/ownership.ts';
import { isPlainlyPermitted, permittedCalls } from '../../src/analysis/permitted.ts';
import { findCall } from '../../src/pattern/find.ts';
import { policyOf } from '../../src/team/policy.ts';
import type { Role } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';

function rolesOf(roles: Readonly<Record<string, object>>): readonly Role[] {
  const all = Object.entries(roles).map(([id, role]) => [id, { description: 'Works.', ...role }]);
  const { team } = loadText(JSON.stringify({ teamc: 1, name: 'shop', roles: Object.fromEntries(all) }));
  return [...team.roles.values()];
}

describe('What roles own', () => {
  test('is said as a path, or as one that is theirs alone', () => {
    const owned = ownershipsOf(
      rolesOf({
        dev: { owns: ['src/**', { path: 'api/**', exclusive: true }, { path: 'web/**' }] },
        ops: { owns: 'infra/**' },
        qa: {},
      }),
    );
    expect(
      owned.map(({ role, pattern, exclusive, at }) => [role.id, pattern, exclusive, at.pointer.slice(2).join('.')]),
    ).toEqual([
      ['dev', 'src/**', false, 'owns.0'],
      ['dev', 'api/**', true, 'owns.1.path'],
      ['dev', 'web/**', false, 'owns.2.path'],
      ['ops', 'infra/**', false, 'owns'],
    ]);
  });

  test.each<[string, string, string | undefined]>([
    ['src/**', 'src/a.ts', 'src/a.ts'],
    ['src/**', 'api/**', undefined],
    ['/etc/*', '/etc/passwd', '/etc/passwd'],
    ['~/a', '~/a', '~/a'],
    ['*', '/etc/passwd', '/etc/passwd'],
    ['/etc/*', 'etc/*', undefined],
    ['../a', '../a', undefined],
  ])('of %s and %s a path is shared, or none', (one, other, path) => {
    expect(sharedPath(one, other)).toBe(path);
  });
});

const rule = fc.tuple(
  fc.constantFrom('allow', 'ask', 'deny'),
  fc.constantFrom('*', '**', 'src/**', 'src/*.ts', 'src/a/**', 'api/**', '**/*.ts', 'src/a.ts', '/etc/**'),
);
const role = fc.record({
  tools: fc.constantFrom(['edit'], [], ['edit:src/**', 'edit:api/*']),
  rules: fc.array(rule, { maxLength: 4 }),
});
const asked = fc.constantFrom('src/**', 'src/a/*', 'api/x.ts', '**/*.ts', 'docs/**', 'src/a.ts', '*', '/etc/passwd');

function editing(
  roles: readonly { readonly tools: readonly string[]; readonly rules: readonly (readonly [string, string])[] }[],
): readonly Role[] {
  return rolesOf(
    Object.fromEntries(
      roles.map(({ tools, rules }, at) => [
        `r${at}`,
        { tools, permissions: [{ edit: rules.map(([decision, pattern]) => ({ [decision]: pattern })) }] },
      ]),
    ),
  );
}

/** Whether the automata find a path of a pattern that a role may edit. */
function mayEdit(one: Role, pattern: string): boolean {
  const within = [{ dialect: 'path', pattern }] as const;
  return (['path', 'outside-path'] as const).some(
    (domain) => findCall(policyOf(one, 'edit'), { within, decisions: ['allow', 'ask'], domain }) !== 'none',
  );
}

test('whoever may edit a path of a pattern is among those that are asked, with all who share their rules', () => {
  fc.assert(
    fc.property(fc.array(role, { minLength: 1, maxLength: 4 }), asked, (given, pattern) => {
      const roles = editing(given);
      const found = editorsOf(roles)(pattern);
      const named = found.flatMap((editors) => editors.roles);
      expect(new Set(named).size).toBe(named.length);
      for (const { policy, roles: some } of found)
        for (const one of some) expect(policyOf(one, 'edit').lists).toEqual(policy.lists);
      for (const one of roles) if (mayEdit(one, pattern)) expect(named).toContain(one);
    }),
    { numRuns: 60 },
  );
});

test('those whose rules keep them elsewhere are not asked', () => {
  const keep = (...rules: readonly object[]) => ({
    tools: ['edit'],
    permissions: [{ edit: [{ deny: '*' }, ...rules] }],
  });
  const roles = rolesOf({
    api: keep({ allow: 'api/**' }),
    web: keep({ ask: 'web/**' }, { deny: 'api/**' }),
    any: { tools: ['edit'] },
    none: {},
    shut: { tools: ['edit'], permissions: [{ edit: [{ allow: 'api/**' }, { deny: '*' }] }] },
    twin: keep({ allow: 'api/**' }),
  });
  const editors = (pattern: string) => editorsOf(roles)(pattern).map((found) => found.roles.map(({ id }) => id));
  expect(editors('api/v1/*')).toEqual([['any'], ['api', 'twin']]);
  expect(editors('web/**')).toEqual([['any'], ['web']]);
  expect(editors('**')).toEqual([['any'], ['api', 'twin'], ['web']]);
});

test('a call that is permitted is one that the automata find, and a plain proof of one holds', () => {
  const seen = { permitted: 0, none: 0, plainly: 0 };
  fc.assert(
    fc.property(role, asked, (given, pattern) => {
      const [one] = editing([given]);
      const policy = policyOf(one!, 'edit');
      const found = permittedCalls()(policy, pattern);
      const within = [{ dialect: 'path', pattern }] as const;
      const isOutside = pattern === '*' || pattern.startsWith('/');
      const may = (['path', ...(isOutside ? (['outside-path'] as const) : [])] as const).some(
        (domain) => findCall(policy, { within, decisions: ['allow', 'ask'], domain }) !== 'none',
      );
      expect(typeof found === 'object').toBe(may);
      seen[may ? 'permitted' : 'none'] += 1;
      if (!isPlainlyPermitted(policy, pattern)) return;
      expect(may).toBe(true);
      seen.plainly += 1;
    }),
    { numRuns: 200 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
});

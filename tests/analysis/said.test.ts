import { describe, expect, test } from 'vitest';
import { saidOf, takesNothing } from '../../src/analysis/said.ts';
import { loadText } from '../memory.ts';

const TEAM = `
teamc: 1
name: shop
people: { boss: { description: Decides. } }
roles:
  dev:
    description: Works.
    tools: [read, "shell:git *", "shell:npm *", edit]
    permissions:
      - shell: [{ allow: "git *" }, { deny: "git rm *", because: nothing is lost here, instead: ops }]
      - edit: [{ ask: "*" }, { allow: "src/**", because: it is their own }]
    delegates-to:
      - { role: [qa, ops], approval: boss, because: somebody has to look }
      - ops
      - peer
    escalates-to: [{ role: ops, when: outage }]
  ops: { description: Runs., tools: [delegate, shell, "read:docs/*", "read:src/*"], permissions: [{ read: [{ ask: src/a }] }] }
  qa: { description: Tests. }
  peer: { description: Helps., delegates-to: [qa], permissions: [{ delegate: [{ deny: "q*" }] }] }
`;

const { team } = loadText(TEAM);

/** What a role says of a call, and where in the file. */
function said(role: string, tool: Parameters<typeof saidOf>[1], argument: string) {
  const { at, ...rest } = saidOf(team.roles.get(role)!, tool, argument);
  return { ...rest, at: JSON.stringify(at.pointer ?? at) };
}

describe('What a team says of a call', () => {
  const at = (...pointer: readonly (string | number)[]) => JSON.stringify(['roles', ...pointer]);

  test('is the rule that decided it, with its reason and who may instead', () => {
    expect(said('dev', 'edit', 'src/a.ts')).toStrictEqual({
      decision: 'allow',
      by: 'rule',
      pattern: 'src/**',
      because: 'it is their own',
      at: at('dev', 'permissions', 1, 'edit', 1, 'allow'),
    });
    expect(said('dev', 'edit', 'a.ts')).toStrictEqual({
      decision: 'ask',
      by: 'rule',
      pattern: '*',
      at: at('dev', 'permissions', 1, 'edit', 0, 'ask'),
    });
    expect(said('dev', 'shell', 'git push x')).toMatchObject({ decision: 'allow', pattern: 'git *' });
    expect(said('dev', 'shell', 'git -C /a push')).not.toHaveProperty('because');
    expect(said('dev', 'shell', 'git rm a')).toMatchObject({
      decision: 'deny',
      by: 'rule',
      pattern: 'git rm *',
      because: 'nothing is lost here',
      instead: 'ops',
    });
    expect(said('dev', 'shell', 'git log')).toMatchObject({ decision: 'allow', by: 'rule', pattern: 'git *' });
  });

  test('is the part of the tool that the role has, or that it has another part', () => {
    expect(said('dev', 'shell', 'npm test')).toStrictEqual({
      decision: 'ask',
      by: 'default',
      at: at('dev', 'tools', 1),
    });
    expect(said('dev', 'shell', 'ls')).toStrictEqual({ decision: 'deny', by: 'other-part', at: at('dev', 'tools', 1) });
  });

  test('is the part that allows it where no rule says less', () => {
    expect(said('ops', 'read', 'src/b')).toStrictEqual({
      decision: 'allow',
      by: 'part',
      pattern: 'src/*',
      at: at('ops', 'tools', 3),
    });
    expect(said('ops', 'read', 'src/a')).toMatchObject({ decision: 'ask', by: 'rule', pattern: 'src/a' });
    expect(said('ops', 'read', 'lib/a')).toStrictEqual({
      decision: 'deny',
      by: 'other-part',
      at: at('ops', 'tools', 2),
    });
  });

  test('is that the role lacks the tool', () => {
    expect(said('dev', 'fetch', 'https://a.example/')).toStrictEqual({
      decision: 'deny',
      by: 'no-tool',
      at: at('dev', 'tools'),
    });
    expect(said('qa', 'shell', 'ls')).toMatchObject({ decision: 'deny', by: 'no-tool', at: at('qa') });
  });

  test('is that no rule speaks of the call, so that the tool decides', () => {
    expect(said('dev', 'read', 'a')).toStrictEqual({ decision: 'allow', by: 'default', at: at('dev', 'tools', 0) });
    expect(said('ops', 'shell', 'ls')).toStrictEqual({ decision: 'ask', by: 'default', at: at('ops', 'tools', 1) });
  });

  test('is the edge over which work is handed on, or that there is none', () => {
    expect(said('dev', 'delegate', 'qa')).toStrictEqual({
      decision: 'ask',
      by: 'edge',
      pattern: 'qa',
      because: 'somebody has to look',
      at: at('dev', 'delegates-to', 0),
    });
    expect(said('dev', 'delegate', 'ops')).toStrictEqual({
      decision: 'allow',
      by: 'edge',
      pattern: 'ops',
      at: at('dev', 'delegates-to', 1),
    });
    expect(said('dev', 'delegate', 'dev')).toStrictEqual({
      decision: 'deny',
      by: 'no-edge',
      at: at('dev', 'delegates-to'),
    });
    expect(said('peer', 'delegate', 'qa')).toMatchObject({ decision: 'deny', by: 'rule', pattern: 'q*' });
    expect(said('qa', 'delegate', 'dev')).toMatchObject({ decision: 'deny', by: 'no-tool' });
  });
});

test('only calls without an argument take nothing that rules could tell apart', () => {
  const tools = ['todo', 'complete', 'ask-user', 'shell', 'read', 'delegate', 'fetch'] as const;
  expect(tools.filter(takesNothing)).toEqual(['todo', 'complete', 'ask-user']);
});

import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/document/read.ts';
import { readYaml } from '../../src/document/yaml/yaml.ts';
import { atoms } from '../../src/pattern/atoms.ts';
import { decide, matches } from '../../src/pattern/decide.ts';
import { normalizePath } from '../../src/pattern/normal.ts';
import type { Decision, Policy } from '../../src/pattern/policy.ts';
import { rulesOf, samplesFor } from '../../src/pattern/samples.ts';
import { builtinTarget } from '../../src/target/builtin.ts';
import { compile } from '../../src/target/compile.ts';
import { enforcer } from '../../src/target/enforcement.ts';
import { decisionOf } from '../../src/target/guard/judge.ts';
import type { GuardTable } from '../../src/target/guard/table.ts';
import { domainOf } from '../../src/target/usable.ts';
import { policyOf } from '../../src/team/policy.ts';
import { readTeam } from '../../src/team/read.ts';
import type { Role } from '../../src/team/team.ts';
import { TOOLS, type Tool } from '../../src/team/tools.ts';
import { Disk } from '../../src/workspace/disk.ts';

/** Arguments on which a team and a target could differ, but for what opencode decides before it looks at its rules: ways out of the project, and `cd`. */
function telling(tool: Tool, policies: readonly Policy[]): readonly string[] {
  const domain = domainOf(tool);
  const classes = atoms(policies, domain);
  const witnesses = classes === 'undecided' ? [] : classes.map(({ witness }) => witness);
  const spelled = samplesFor(domain, rulesOf(policies)).filter((sample) => !/^(?:\/|~|\.\.|$|cd\b)/.test(sample));
  return [...witnesses, ...spelled];
}

type Effective = readonly (readonly [permission: string, pattern: string, action: Decision])[];

/** The rules that opencode makes of an agent file, in its order. */
function effective(content: string): Effective {
  const { permission } = readDocument({ path: 'agent.md', text: content }).data as {
    permission: Record<string, Decision | Record<string, Decision>>;
  };
  return Object.entries(permission).flatMap(
    ([key, value]): Effective =>
      typeof value === 'string'
        ? [[key, '*', value]]
        : Object.entries(value).map(([pattern, action]) => [key, pattern, action] as const),
  );
}

/** The last rule that matches both the permission and its argument; without one, a question. */
function opencodeSays(rules: Effective, permission: string, argument: string): Decision {
  const found = rules.findLast(
    ([key, pattern]) => matches('opencode', key, permission) && matches('opencode', pattern, argument),
  );
  return found?.[2] ?? 'ask';
}

const OPENCODE: Readonly<Partial<Record<Tool, string>>> = {
  shell: 'bash',
  read: 'read',
  edit: 'edit',
  skill: 'skill',
  fetch: 'webfetch',
  'web-search': 'websearch',
  todo: 'todowrite',
  delegate: 'task',
};

const GUARDED = (Object.keys(TOOLS) as Tool[]).filter((tool) => !['delegate', 'browser', 'switch-role'].includes(tool));

describe.each(readdirSync('teams'))('%s', (name) => {
  const { team } = readTeam(`teams/${name}/team.yaml`, new Disk(process.cwd()));
  const roles = [...team.roles.values()];
  const planFor = (target: string) => compile(team, builtinTarget(target)!);
  const byRole = (target: string): ((role: Role, tool: Tool, argument: string) => Decision) => {
    const { decide: ask } = enforcer(builtinTarget(target)!);
    return (role, tool, argument) => ask(role, tool, argument, 'deny').decision;
  };

  test("what opencode reads in an agent's file decides as it is said to", () => {
    const { files } = planFor('opencode');
    const says = byRole('opencode');
    const of = enforcer(builtinTarget('opencode')!).of;
    for (const role of roles) {
      const rules = effective(files.find(({ from }) => from === role.id)!.content);
      for (const [tool, permission] of Object.entries(OPENCODE) as [Tool, string][]) {
        const wanted =
          tool === 'delegate'
            ? roles.map(({ id }) => id)
            : telling(tool, [policyOf(role, tool), of(role, tool).policy]);
        const told = wanted.map((argument) => `${argument}: ${says(role, tool, argument)}`);
        const form = (argument: string) => (TOOLS[tool] === 'path' ? normalizePath(argument) : argument);
        const read = wanted.map((argument) => `${argument}: ${opencodeSays(rules, permission, form(argument))}`);
        expect({ role: role.id, tool, told }).toEqual({ role: role.id, tool, told: read });
      }
    }
  });

  test("what the guard's table says is what Claude Code is said to do", () => {
    const table = JSON.parse(
      planFor('claude-code').files.find(({ path }) => path.endsWith('policy.json'))!.content,
    ) as GuardTable;
    const says = byRole('claude-code');
    for (const role of roles)
      for (const tool of GUARDED) {
        const dialect = TOOLS[tool] as Parameters<typeof decisionOf>[2];
        const wanted = telling(tool, [policyOf(role, tool)]);
        const row = table.roles[role.id.replaceAll('/', '-')]!;
        expect(wanted.map((argument) => says(role, tool, argument))).toEqual(
          wanted.map((argument) => decisionOf(row, tool, dialect, argument)),
        );
      }
  });

  test("what Roo reads in a mode's groups decides which files it may edit", () => {
    const { customModes } = readYaml({ path: '.roomodes', text: planFor('roo').files[0]!.content }, 'any').data as {
      customModes: readonly { slug: string; groups: readonly (string | readonly [string, { fileRegex: string }])[] }[];
    };
    const says = byRole('roo');
    for (const role of roles) {
      const { groups } = customModes.find(({ slug }) => slug === role.id.replaceAll(/[/_]/g, '-'))!;
      const edit = groups.find((group) => group === 'edit' || group[0] === 'edit');
      const wanted = telling('edit', [policyOf(role, 'edit')]);
      const read = (path: string): Decision => {
        if (edit === undefined) return 'deny';
        return typeof edit === 'string' || new RegExp(edit[1].fileRegex).test(path) ? 'ask' : 'deny';
      };
      expect(wanted.map((path) => says(role, 'edit', path))).toEqual(wanted.map(read));
    }
  });
});

test('a decision on a whole policy is the decision on its calls', () => {
  const { team } = readTeam('teams/platform-builders/team.yaml', new Disk(process.cwd()));
  const { of, decide: ask } = enforcer(builtinTarget('claude-code')!);
  for (const role of team.roles.values())
    for (const command of ['git status', 'git push origin main', 'terraform apply', 'npm test'])
      expect(ask(role, 'shell', command, 'deny').decision).toBe(decide(of(role, 'shell').policy, command).decision);
});

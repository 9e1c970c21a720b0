import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTeam } from '../../src/team/read.ts';
import { Disk } from '../../src/workspace/disk.ts';
import { project, teamc } from './project.ts';

/** Every file of a folder with its text. */
function textsIn(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true }) as string[];
  const files = entries.filter((path) => !path.startsWith('.git') && statSync(join(folder, path)).isFile()).sort();
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

const SHOP = {
  'team.yaml': `teamc: 1
name: shop
entry: desk
# buy-ing is spelled so; buyer-lead comes first
groups: { all: [desk, buyer-lead] }   # two
assertions:
  - { name: the buyer-lead alone pays, never: { role: "*", except: buyer-lead, may: { shell: "pay *" } } }
  - { never: { role: desk, may: { delegate: nobody-else } } }
targets: { claude-code: { main: buyer-lead } }
`,
  'roles/desk.md': `---
description: Takes orders, and sends them to buyer-lead or to the store.
tools: [read, "switch-role:buyer-lead"]
permissions:
  - delegate: [{ deny: "*" }, { allow: buyer-lead }]
delegates-to:
  - { role: 'buyer-lead', for: buying }   # the usual way
  - role: chief
    for: big ones
---

Ask \`buyer-lead\` first, @buyer-lead. Not my-buyer-lead, docs/buyer-lead.md or buyer-leads.
`,
  'roles/buyer-lead.md': `---
name: Buyer Lead
description: Buys.
aliases: chief
tools: [read]
tags: [buyer-lead]
escalates-to: { person: user }
---

Buy.
`,
  'scenarios/one.yaml': `teamc: 1
request: { to: desk, text: Buy bread }
tasks:
  bread: { do: Buy bread, to: buyer-lead }
outcomes: { buyer-lead: [ok] }
expect:
  - { eventually: { delegated: buyer-lead } }
`,
};

test('a role is renamed in its file, in every reference, in scenarios and in prose, and nothing else changes', async () => {
  const folder = project(SHOP);
  expect(await teamc(folder, ['rename', 'buyer-lead', 'trade/buyer'])).toEqual({
    code: 0,
    stderr: '',
    stdout:
      'buyer-lead is now trade/buyer: 9 references and 5 mentions in prose, in 4 files; roles/buyer-lead.md is now roles/trade/buyer.md.\n',
  });
  expect(textsIn(folder)).toEqual({
    'team.yaml': SHOP['team.yaml'].replaceAll('buyer-lead', 'trade/buyer'),
    'roles/desk.md': `---
description: Takes orders, and sends them to trade/buyer or to the store.
tools: [read, "switch-role:trade/buyer"]
permissions:
  - delegate: [{ deny: "*" }, { allow: trade/buyer }]
delegates-to:
  - { role: 'trade/buyer', for: buying }   # the usual way
  - role: chief
    for: big ones
---

Ask \`trade/buyer\` first, @trade/buyer. Not my-buyer-lead, docs/buyer-lead.md or buyer-leads.
`,
    'roles/trade/buyer.md': SHOP['roles/buyer-lead.md'],
    'scenarios/one.yaml': SHOP['scenarios/one.yaml'].replaceAll('buyer-lead', 'trade/buyer'),
  });
});

test('a rehearsal shows what would change, and writes nothing', async () => {
  const folder = project({
    'team.yaml':
      'teamc: 1\nname: pair\nentry: lead\nroles: { lead: { description: L., tools: [], delegates-to: dev } }\n',
    'roles/dev.md': '---\ndescription: D.\ntools: []\n---\nD.\n',
  });
  const before = textsIn(folder);
  expect(
    (await teamc(folder, ['rename', 'dev', 'developer', '--dry-run'])).stdout,
  ).toBe(`roles/dev.md → roles/developer.md
--- a/team.yaml
+++ b/team.yaml
@@ -1,4 +1,4 @@
 teamc: 1
 name: pair
 entry: lead
-roles: { lead: { description: L., tools: [], delegates-to: dev } }
+roles: { lead: { description: L., tools: [], delegates-to: developer } }
dev would become developer: 1 reference, in 2 files; roles/dev.md would become roles/developer.md.
`);
  expect(textsIn(folder)).toEqual(before);
});

test('a role of one file with its team is renamed at its key, line ends and byte order mark stay', async () => {
  const team =
    '\uFEFFteamc: 1\r\nname: pair\r\nentry: lead\r\nroles:\r\n  lead: { description: L., tools: [], delegates-to: dev }\r\n  "dev": { description: D., tools: [] } # new\r\n';
  const folder = project({ 'team.yaml': team });
  expect((await teamc(folder, ['rename', 'dev', 'builder'])).stdout).toBe(
    'dev is now builder: 1 reference, in 1 file.\n',
  );
  expect(readFileSync(join(folder, 'team.yaml'), 'utf8')).toBe(
    team.replace('delegates-to: dev', 'delegates-to: builder').replace('"dev"', '"builder"'),
  );
});

test('a team beside it that uses the team follows', async () => {
  const folder = project({
    'teams/shop/team.yaml': 'teamc: 1\nname: shop\nentry: lead\nuses: { platform: ../platform }\n',
    'teams/shop/roles/lead.md': '---\ndescription: Leads.\ntools: []\ndelegates-to: platform/runner\n---\nLead.\n',
    'teams/platform/team.yaml': 'teamc: 1\nname: platform\nroles: { runner: { description: Runs., tools: [] } }\n',
  });
  expect((await teamc(folder, ['rename', 'runner', 'ops/runner', '--team', 'teams/platform'])).stdout).toBe(
    'runner is now ops/runner: 1 reference, in 2 files.\n',
  );
  expect(readFileSync(join(folder, 'teams/shop/roles/lead.md'), 'utf8')).toContain(
    'delegates-to: platform/ops/runner\n',
  );
  expect((await teamc(folder, ['rename', 'platform/ops/runner', 'x', '--team', 'teams/shop'])).stderr).toBe(
    'teamc: "platform/ops/runner" is a role of another team; rename it there.\n',
  );
});

describe.each(readdirSync('teams'))('%s', (name) => {
  test('each role can be renamed and gets its old name back, byte for byte', async () => {
    const folder = project();
    cpSync(join('teams', name), folder, { recursive: true });
    const before = textsIn(folder);
    const { team } = readTeam('team.yaml', new Disk(folder));
    const roles = [...team.roles.keys(), ...team.abstract.keys()];
    for (const [index, id] of roles.entries()) {
      const renamed = await teamc(folder, ['rename', id, `other/place-${index}`]);
      expect(renamed).toMatchObject({ code: 0, stderr: '' });
    }
    const { team: after } = readTeam('team.yaml', new Disk(folder));
    expect([...after.roles.keys(), ...after.abstract.keys()].every((id) => id.startsWith('other/'))).toBe(true);
    expect([after.unresolved, after.references.length]).toEqual([[], team.references.length]);
    for (const [index, id] of roles.entries()) await teamc(folder, ['rename', `other/place-${index}`, id]);
    expect(textsIn(folder)).toEqual(before);
  });
});

describe('a name that can’t be', () => {
  const two = {
    'team.yaml': `teamc: 1
name: two
entry: lead
people: { owner: {} }
groups: { everybody: [lead, deep/dev] }
uses: { other: other }
roles:
  lead: { description: L., tools: [], delegates-to: dev, aliases: boss }
  deep/dev: { description: D., tools: [], aliases: coder }
`,
    'other/team.yaml': 'teamc: 1\nname: other\nroles: { one: { description: O., tools: [] } }\n',
  };
  test.each([
    ['lead', 'deep/dev', 'There is a role "deep/dev" already.'],
    ['lead', 'Deep/dev', 'There is a role "deep/dev" already, and on many disks "Deep/dev" is the same file.'],
    ['lead', 'coder', '"coder" is an alias of deep/dev; choose another id.'],
    ['lead', 'boss', '"boss" is an alias of lead already; take it out of its aliases first.'],
    ['lead', 'self', '"self" is a word of the language and can\'t be the id of a role.'],
    [
      'lead',
      '../up',
      '"../up" can\'t be the id of a role: use letters, digits, "-" and "_", with slashes between the parts.',
    ],
    ['lead', 'owner', '"owner" is a person of the team already; choose another id.'],
    ['lead', 'everybody', '"everybody" is a group of the team already; choose another id.'],
    [
      'lead',
      'other/lead',
      '"other/lead" can\'t be a role of this team: names that begin with "other/" belong to a team it uses.',
    ],
    ['leda', 'x', 'There is no role "leda"; did you mean "lead"?'],
    [
      'lead',
      'deeper/dev',
      'The name at team.yaml:8 would no longer lead to role deep/dev; write its whole id there first. Nothing was written.',
    ],
    [
      'lead',
      'dev',
      'The name at team.yaml:8 would no longer lead to role deep/dev; write its whole id there first. Nothing was written.',
    ],
  ])('%s as %s', async (old, id, sentence) => {
    const folder = project(two);
    const before = textsIn(folder);
    expect(await teamc(folder, ['rename', old, id])).toEqual({ code: 2, stdout: '', stderr: `teamc: ${sentence}\n` });
    expect(textsIn(folder)).toEqual(before);
  });

  test('in a team that can’t be read', async () => {
    const folder = project({ 'team.yaml': 'teamc: 1\nname: [\n' });
    const { code, stderr } = await teamc(folder, ['rename', 'a', 'b']);
    expect([code, stderr.split('. ')[0]]).toEqual([
      2,
      'teamc: No role can be renamed while the team has errors; see "teamc lint"',
    ]);
  });
});

test('when a file can’t be written, everything is as it was', async () => {
  const folder = project(SHOP);
  const before = textsIn(folder);
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', '65534:65534', folder]);
  chmodSync(join(folder, 'scenarios'), 0o555);
  const { code, stderr } = await asNobody(folder, ['rename', 'buyer-lead', 'buyer']);
  chmodSync(join(folder, 'scenarios'), 0o755);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^teamc: [^\n]*"scenarios[^\n]* can't be written[^\n]*: this user may not\.\n$/);
  expect(textsIn(folder)).toEqual(before);
  expect(existsSync(join(folder, '.teamc'))).toBe(false);
});

/** Runs the command as a user for whom file modes count. */
async function asNobody(folder: string, argv: readonly string[]): ReturnType<typeof teamc> {
  if (process.getuid?.() !== 0) return teamc(folder, argv);
  process.setegid?.(65534);
  process.seteuid?.(65534);
  try {
    return await teamc(folder, argv);
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

describe('add role', () => {
  test('writes a file that lint takes, and says who should hand work to it', async () => {
    const folder = project();
    await teamc(folder, ['init', '-q']);
    expect(await teamc(folder, ['add', 'role', 'review/data-checker', '--description', 'Checks: data.'])).toEqual({
      code: 0,
      stderr: '',
      stdout: `Wrote roles/review/data-checker.md.

Next:
  Nobody hands it work yet: add { role: review/data-checker, for: … } to "delegates-to" of a role that will, such as lead (roles/lead.md).
  teamc lint
`,
    });
    expect(readFileSync(join(folder, 'roles/review/data-checker.md'), 'utf8')).toBe(`---
name: Data Checker
description: "Checks: data."
tools: [read, search]
escalates-to: lead
---

Say what Data Checker pays attention to, and what a good result looks like.
`);
    const { diagnostics } = JSON.parse((await teamc(folder, ['lint', '--format', 'json'])).stdout) as {
      diagnostics: { rule: string }[];
    };
    expect(diagnostics.map(({ rule }) => rule)).toEqual(['unreachable-role']);
  });

  test('takes everything else from another role, and never overwrites', async () => {
    const folder = project();
    await teamc(folder, ['init', '-q']);
    expect((await teamc(folder, ['add', 'role', 'tester', '--extends', 'devloper'])).stderr).toBe(
      'teamc: There is no role "devloper"; did you mean "developer"?\n',
    );
    const { stdout } = await teamc(folder, ['add', 'role', 'tester', '--extends', 'developer', '--dry-run']);
    expect(stdout).toContain('+extends: developer\n');
    expect((await teamc(folder, ['add', 'role', 'lead'])).stderr).toBe('teamc: There is a role "lead" already.\n');
    expect((await teamc(folder, ['add', 'rol', 'lead'])).code).toBe(2);
  });
});

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

const folder = mkdtempSync(join(tmpdir(), 'teamc-explain-'));
mkdirSync(join(folder, 'roles'));
writeFileSync(
  join(folder, 'team.yaml'),
  `teamc: 1
name: bakery
people: { owner: {} }
defaults: { model: opus, tools: read }
targets: { opencode: {} }
roles:
  baker:
    description: Bakes.
    delegates-to: { role: shop/seller, for: selling, approval: owner }
`,
);
mkdirSync(join(folder, 'roles', 'shop'));
writeFileSync(
  join(folder, 'roles', 'shop', 'seller.md'),
  `---
name: Seller
description: Sells.
tools: [read, shell]
permissions:
  - shell: [{ deny: "*" }, { allow: "till *" }]
escalates-to: { person: owner, when: theft }
---

Smile.
`,
);

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  return runIn({}, ...argv);
}

async function runIn(more: Partial<Io>, ...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const into = (key: 'out' | 'err') => ({
    write(text: string) {
      said[key] += text;
    },
  });
  const code = await main(argv, {
    stdout: into('out'),
    stderr: into('err'),
    cwd: folder,
    env: {},
    isTTY: false,
    ...more,
  });
  return { code, ...said };
}

test('a role is explained with the line that each field comes from, and what the platform makes of it', async () => {
  expect(await run('explain', 'seller')).toEqual({
    code: 0,
    err: '',
    out: `Seller (shop/seller)

Fields
  name          Seller                      roles/shop/seller.md:2
  description   Sells.                      roles/shop/seller.md:3
  model         opus                        team.yaml:4
  tools         read, shell                 roles/shop/seller.md:4
  escalates-to  person: owner, when: theft  roles/shop/seller.md:7
  instructions  1 line                      roles/shop/seller.md:10

Tools
  read   allow (no rules)
  shell  deny *        roles/shop/seller.md:6
         allow till *  roles/shop/seller.md:6

Reached from
  baker  delegates-to, for selling, after an approval  team.yaml:9

Reaches
  owner (a person)  escalates-to  roles/shop/seller.md:7

On each platform
  opencode  native  description, tools, instructions, permissions.shell
  opencode  prose   name: Agents are shown by their path; the prompt says the name
  opencode  prose   escalates-to
  opencode  lost    model: "opus" has no provider/model name for opencode
`,
  });
});

test('on a narrow terminal places in the files of the roles themselves are lines', async () => {
  const long = mkdtempSync(join(tmpdir(), 'teamc-explain-'));
  mkdirSync(join(long, 'roles', 'platform'), { recursive: true });
  writeFileSync(join(long, 'team.yaml'), 'teamc: 1\nname: x\ndefaults: { model: opus }\n');
  const [lead, engineer] = ['platform/lead-of-the-platform', 'platform/infrastructure-engineer'];
  const role = (id: string, text: string) => writeFileSync(join(long, `roles/${id}.md`), `---\n${text}---\n\nDo it.\n`);
  role(lead, `description: Leads.\ndelegates-to: { role: ${engineer}, for: machines }\n`);
  role(
    engineer,
    `description: Writes what machines are made of.\ntools: [read, shell]\npermissions:\n  - shell: { allow: "terraform *" }\nescalates-to: ${lead}\n`,
  );
  const { out } = await runIn({ cwd: long, columns: 60, isTTY: true }, 'explain', engineer, '--color', 'never');
  expect(out.slice(0, out.indexOf('\nOn each platform'))).toBe(`platform/infrastructure-engineer
roles/platform/infrastructure-engineer.md

Fields
  description   Writes what machines are made  line 2
                of.
  model         opus                           team.yaml:3
  tools         read, shell                    line 3
  escalates-to  platform/lead-of-the-platform  line 6
  instructions  1 line                         line 9

Tools
  read   allow (no rules)
  shell  allow terraform *  line 5

Reached from
  platform/lead-of-the-  delegates-to, for      its line 3
  platform               machines

Reaches
  platform/lead-of-the-platform  escalates-to  line 6
`);
});

test('a role is explained while the team has errors, but for what these leave open', async () => {
  const broken = mkdtempSync(join(tmpdir(), 'teamc-explain-'));
  writeFileSync(
    join(broken, 'team.yaml'),
    'teamc: 1\nname: x\nroles:\n  a: { description: A., tools: [read, shel] }\n  b: { descripton: B. }\n',
  );
  expect(await runIn({ cwd: broken }, 'explain', 'a')).toEqual({
    code: 0,
    err: 'teamc: What "team.yaml" permits can\'t be told while it has errors; see "teamc lint". team.yaml:5: "roles.b" has no key "descripton".\n',
    out: `a

Fields
  description  A.          team.yaml:4
  tools        read, shel  team.yaml:4
`,
  });
});

test("on a terminal a rule's page is as wide as that, and its code stays whole", async () => {
  const { out } = await runIn({ columns: 60, isTTY: true }, 'explain', 'delegation-cycle', '--color', 'never');
  expect(out).toContain('\nRoles delegate to each other in a ring that nothing bounds.\n\nSeverity');
  expect(out).toContain('\n    teamc: 1\n');
  expect(out).not.toMatch(/^```|^#/m);
});

test('a rule is explained by its page', async () => {
  const { code, out } = await run('explain', 'delegation-cycle');
  expect([code, out.split('\n', 3)]).toEqual([
    0,
    ['# delegation-cycle', '', 'Roles delegate to each other in a ring that nothing bounds.'],
  ]);
});

test('a name that is neither is met with the one that was meant', async () => {
  expect(await run('explain', 'bakr')).toEqual({
    code: 2,
    out: '',
    err: 'teamc: There is no rule and no role "bakr"; did you mean "baker"?\n',
  });
  expect(await run('explain', 'deligation-cycle')).toMatchObject({
    code: 2,
    err: 'teamc: There is no rule and no role "deligation-cycle"; did you mean "delegation-cycle"?\n',
  });
});

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
  const said = { out: '', err: '' };
  const into = (key: 'out' | 'err') => ({
    write(text: string) {
      said[key] += text;
    },
  });
  const code = await main(argv, { stdout: into('out'), stderr: into('err'), cwd: folder, env: {}, isTTY: false });
  return { code, ...said };
}

test('a role is explained with the line that each field comes from, and what the platform makes of it', async () => {
  expect(await run('explain', 'seller')).toEqual({
    code: 0,
    err: '',
    out: `Seller (shop/seller)

Fields
  name          Seller        roles/shop/seller.md:2
  description   Sells.        roles/shop/seller.md:3
  model         opus          team.yaml:4
  tools         read, shell   roles/shop/seller.md:4
  escalates-to  person, when  roles/shop/seller.md:7
  instructions  1 line        roles/shop/seller.md:10

Tools
  read   allow (no rules)
  shell  deny *            roles/shop/seller.md:6
         allow till *      roles/shop/seller.md:6

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

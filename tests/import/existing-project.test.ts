import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '../../src/import/account.ts';
import { teamc } from '../cli/project.ts';

const EXAMPLE = 'examples/existing-project';
const EXPECTED = `${EXAMPLE}/expected.txt`;

let out: string;
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'teamc-import-'));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

const run = (...argv: readonly string[]) => teamc(process.cwd(), argv);

test('lint in place tells what the page promises, in the files as they lie', async () => {
  const { code, stdout } = await run('lint', EXAMPLE, '--format', 'json');
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { severity: string; rule: string; file: string; line: number; message: string }[];
  };
  const said = diagnostics
    .map(({ severity, rule, file, line, message }) => `${file}:${line} ${severity} ${rule}: ${message}\n`)
    .join('');
  if (process.env['UPDATE'] !== undefined) writeFileSync(EXPECTED, said);
  expect({ code, said }).toEqual({ code: 1, said: readFileSync(EXPECTED, 'utf8') });
});

test('lint without a path finds the agents of the folder that it is started in', async () => {
  const { code, stdout } = await teamc(EXAMPLE, ['lint']);
  expect({ code, found: stdout.includes('.claude/agents/search-engineer.md:3') }).toEqual({ code: 1, found: true });
});

describe('import', () => {
  test('writes a team that can be linted and built, and loses nothing', async () => {
    const team = join(out, 'team');
    const imported = await run('import', EXAMPLE, '--out', team, '--report', join(out, 'report.json'));
    expect(imported.code).toBe(0);
    expect((await run('lint', team)).code).toBe(0);
    const built = await run('build', team, '--out', join(out, 'built'));
    expect({ code: built.code }).toEqual({ code: 0 });
    const after = readFileSync(join(out, 'built/.claude/agents/shop-coordinator.md'), 'utf8');
    const before = readFileSync(`${EXAMPLE}/.claude/agents/shop-coordinator.md`, 'utf8');
    expect(after.slice(after.indexOf('# Shop'))).toBe(before.slice(before.indexOf('# Shop')));
  });

  test('accounts for every file, every relation and every key', async () => {
    const account = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Account;
    expect(account.files.map(({ file, answer }) => [file.split('/').at(-1), answer])).toEqual([
      ['catalog-lead.md', 'role'],
      ['release-manager.md', 'role'],
      ['reviewer.md', 'role'],
      ['search-engineer.md', 'role'],
      ['shop-coordinator.md', 'role'],
      ['reviewer.md', 'role'],
    ]);
    expect(
      account.relations.map(({ type, from, written, resolution }) => `${from} ${type} ${written}: ${resolution}`),
    ).toEqual([
      'catalog-lead delegates-to search-engineer: exact',
      'catalog-lead receives-from shop-coordinator: exact',
      'catalog-lead receives-from release-manager: exact',
      'shop-coordinator delegates-to catalog-lead: exact',
      'shop-coordinator delegates-to checkout-engineer: dangling',
      'shop-coordinator delegates-to fraud-analyst: dangling',
      'shop-coordinator escalates-to platform-architect: dangling',
    ]);
    expect(account.roles.find(({ id }) => id === 'catalog-lead')?.kept).toEqual(['x-tier']);
    expect(account.lost).toBe(0);
  });

  test('keeps the comments of front matter', async () => {
    expect(readFileSync(join(out, 'team/roles/catalog-lead.md'), 'utf8')).toContain(
      '# the order is the order of trust\n',
    );
  });

  test('never writes over files that are there, unless it is told to', async () => {
    const team = join(out, 'team');
    const again = await run('import', EXAMPLE, '--out', team);
    expect({ code: again.code, stderr: again.stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /is there already\. Name another folder with --out, or overwrite with --force\.\n$/,
      ),
    });
    expect((await run('import', EXAMPLE, '--out', team, '--force')).code).toBe(0);
  });

  test('writes nothing when it only looks', async () => {
    const { code } = await run('import', EXAMPLE, '--out', join(out, 'nothing'), '--dry-run');
    expect({ code, there: (await run('lint', join(out, 'nothing'))).code }).toEqual({ code: 0, there: 2 });
  });

  test('says so where there are no agents, or no file', async () => {
    expect((await run('import', 'schemas')).stderr).toMatch(/^teamc: There are no agents in "schemas"/);
    expect((await run('import', 'no-such-folder')).stderr).toMatch(/^teamc: There is nothing at "no-such-folder"/);
  });
});

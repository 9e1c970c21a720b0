import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { org } from '../graph/org.ts';
import { PAYMENTS } from './payments.ts';
import { project, shipped, teamc } from './project.ts';

const folder = (text = PAYMENTS): string => project({ 'team.yaml': text });

/** The edges of an answer in short: `lead delegates-to developer`. */
async function edges(text: string, ...argv: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await teamc(folder(text), ['graph', '--format', 'json', ...argv]);
  const { edges: found } = JSON.parse(stdout) as { edges: readonly Readonly<Record<string, unknown>>[] };
  return found.map(({ type, from, to, kind, resolved, line }) =>
    [from, type, to, ...(kind === 'role' ? [] : [`(${kind})`]), ...(resolved ? [] : ['?']), `:${line}`].join(' '),
  );
}

const LOOSE = `teamc: 1
name: loose
people: { owner: { description: Owns it } }
groups: { crew: [a, b] }
roles:
  a: { description: D., tools: read, delegates-to: [{ role: [b, d], for: parts, keywords: [part] }], escalates-to: { person: owner } }
  b: { name: Bee, level: high, department: hive, description: D., tools: read, delegates-to: c, reports-to: delegator }
  c: { description: D., tools: read, collaborates-with: { group: crew } }
levels: [high, low]
`;

describe('a team as data', () => {
  test('each relation with where it was written, groups opened, words kept, loose ends marked', async () => {
    const { code, stdout, stderr } = await teamc(folder(LOOSE), ['graph', '--format', 'json']);
    expect({ code, stderr, answer: JSON.parse(stdout) }).toEqual({
      code: 0,
      stderr: '',
      answer: {
        team: 'loose',
        roles: [
          { id: 'a', name: 'a', level: null, entry: true },
          { id: 'b', name: 'Bee', level: 'high', department: 'hive', entry: false },
          { id: 'c', name: 'c', level: null, entry: false },
        ],
        people: [{ id: 'owner', human: true, description: 'Owns it' }],
        edges: [
          ...[
            { to: 'b', kind: 'role', resolved: true },
            { to: 'd', kind: 'unknown', resolved: false },
          ].map((end) => ({
            type: 'delegates-to',
            from: 'a',
            ...end,
            for: ['parts'],
            keywords: ['part'],
            file: 'team.yaml',
            line: 6,
          })),
          { type: 'escalates-to', from: 'a', to: 'owner', kind: 'person', resolved: true, file: 'team.yaml', line: 6 },
          { type: 'delegates-to', from: 'b', to: 'c', kind: 'role', resolved: true, file: 'team.yaml', line: 7 },
          { type: 'reports-to', from: 'b', to: 'delegator', kind: 'word', resolved: true, file: 'team.yaml', line: 7 },
          ...['a', 'b'].map((to) => ({
            type: 'collaborates-with',
            from: 'c',
            to,
            kind: 'role',
            resolved: true,
            group: 'crew',
            file: 'team.yaml',
            line: 8,
          })),
        ],
      },
    });
  });

  test('some relations, and a role with who is near', async () => {
    expect(await edges(LOOSE, '--relations', 'escalates-to,reports-to')).toEqual([
      'a escalates-to owner (person) :6',
      'b reports-to delegator (word) :7',
    ]);
    expect(await edges(LOOSE, '--role', 'c', '--relations', 'delegates-to')).toEqual(['b delegates-to c :7']);
    expect(await edges(LOOSE, '--role', 'c', '--relations', 'delegates-to', '--depth', '2')).toEqual([
      'a delegates-to b :6',
      'b delegates-to c :7',
    ]);
    expect(await edges(LOOSE, '--role', 'c', '--depth', '0')).toEqual([]);
  });
});

test('the ending of the file tells the format, and the picture goes there alone', async () => {
  const place = folder();
  const { stdout: mermaid } = await teamc(place, ['graph']);
  expect(await teamc(place, ['graph', '-o', 'docs/team.mmd'])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(join(place, 'docs/team.mmd'), 'utf8')).toBe(mermaid);
  await teamc(place, ['graph', '-o', 'team.gv', '--direction', 'LR']);
  expect(readFileSync(join(place, 'team.gv'), 'utf8')).toMatch(/^digraph "\w+" \{\n {2}rankdir=LR;\n/);
});

test('roles stand together by what is asked for', async () => {
  const groups = async (by: string): Promise<readonly string[]> => {
    const text = LOOSE.replaceAll(/^ {2}c:/gm, '  in/c:').replace('delegates-to: c', 'delegates-to: in/c');
    const { stdout } = await teamc(folder(text), ['graph', '--group-by', by]);
    return [...stdout.matchAll(/subgraph \w+\["(.*)"\]/g)].map(([, name]) => name!);
  };
  expect(await Promise.all(['auto', 'department', 'level', 'folder', 'none'].map(groups))).toEqual([
    ['hive'],
    ['hive'],
    ['high'],
    ['in'],
    [],
  ]);
});

test('a team with mistakes is drawn as far as it can be read', async () => {
  const { code, stdout, stderr } = await teamc(
    folder('teamc: 1\nname: n\nroles:\n  a: { descripton: D., delegates-to: b }\n'),
    ['graph'],
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/role_a --> unknown_b/);
  expect(stderr).toBe('teamc: drawn as far as it can be read; "teamc lint" tells what is wrong.\n');
});

test('what Mermaid would refuse to draw is written whole, and that is said', async () => {
  const ids = Array.from({ length: 30 }, (_, at) => `r${at}`);
  const text = `teamc: 1\nname: dense\nroles:\n${ids.map((id) => `  ${id}: { description: D., tools: read, delegates-to: [${ids.filter((other) => other !== id).join(', ')}] }\n`).join('')}`;
  const { code, stdout, stderr } = await teamc(folder(text), ['graph']);
  expect(code).toBe(0);
  expect(stdout.match(/-->/g)?.length).toBe(870);
  expect(stderr).toMatch(
    /^teamc: Mermaid draws at most 500 edges .* this has 870 and \d+\. --relations and --role draw less/,
  );
});

test.each([
  [['--format', 'svgg'], /^teamc: --format can't be "svgg"; /],
  [['-o', 'team.pdf'], /^teamc: The ending of "team.pdf" tells no format; add --format /],
  [['--relations', 'delegate-to'], /^teamc: There is no relation "delegate-to"; did you mean "delegates-to"\?\n$/],
  [['--role', 'leed'], /^teamc: There is no role "leed"; did you mean "lead"\?\n$/],
  [['--depth', '-1'], /^teamc: --depth takes a whole number from 0 to 999, not "-1"\.\n$/],
  [['nowhere'], /^teamc: There is nothing at "nowhere"; /],
])('%j can not be drawn, in one sentence', async (words, sentence) => {
  const { code, stdout, stderr } = await teamc(folder(), ['graph', ...words]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(sentence);
});

test('a page and a picture are written as their endings say, with the ways that were asked for', async () => {
  const place = folder();
  expect(await teamc(place, ['graph', '-o', 'team.html', '--to', 'shell:terraform plan *'])).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
  const page = readFileSync(join(place, 'team.html'), 'utf8');
  expect(page).toMatch(/^<!doctype html>\n/);
  expect(page).toContain('<option value="0">shell:terraform plan *</option>');
  const { stdout } = await teamc(place, ['graph', '--format', 'svg']);
  expect(stdout).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" .*<\/svg>\n$/s);
});

test('the command as it is shipped draws, though Graphviz is loaded late', () => {
  const { code, stdout, stderr } = shipped(folder(), ['graph', '--format', 'svg']);
  expect({ code, stderr, drawn: stdout.match(/class="node /g)?.length }).toEqual({ code: 0, stderr: '', drawn: 3 });
});

test('a picture with too many relations shows the hierarchy, and says so', async () => {
  const place = folder(org(150));
  const { stderr, stdout } = await teamc(place, ['graph', '--format', 'svg']);
  expect(stdout).not.toContain('class="line escalates-to"');
  expect(stderr).toMatch(
    /^teamc: delegates-to is drawn; the other \d+ relations would hide it, --relations names them\.\n$/,
  );
  const whole = await teamc(place, ['graph', '--format', 'svg', '--relations', 'delegates-to,escalates-to']);
  expect(whole.stdout).toContain('class="line escalates-to"');
});

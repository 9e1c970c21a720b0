/**
 * Random inputs to `lint` and `build`: none may throw, take over a second, or plan or write a file outside the output
 * folder, and the same input gives the same bytes.
 *
 * A run is small by default. `TEAMC_SOAK=500 npx vitest run tests/properties/fuzz.test.ts` tries 100 000 inputs; with
 * `TEAMC_SEED` a run begins elsewhere. What fails is named by its number: the seed and the number make the input again.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { decode } from '../../src/document/decode.ts';
import { readDocument } from '../../src/document/read.ts';
import { lint } from '../../src/rules/lint.ts';
import { builtinTarget } from '../../src/target/builtin.ts';
import { compile } from '../../src/target/compile.ts';
import { readTeam } from '../../src/team/read.ts';
import { Dice } from '../dice.ts';
import { memory } from '../memory.ts';
import { teamc, tree } from '../workspace/run.ts';

const SOAK = Number(process.env['TEAMC_SOAK'] ?? 1);
const SEED = Number(process.env['TEAMC_SEED'] ?? 1);

/** How many inputs there are of each kind. */
const INPUTS = { bytes: 30 * SOAK, mutants: 100 * SOAK, shapes: 70 * SOAK };

/** The longest that one input may take, in milliseconds. */
const LIMIT = 1_000;

/** One in so many inputs is written to a disk as well, by the whole command. */
const WRITTEN = 20;

const TIMEOUT = 120_000 + SOAK * 60_000;

const targets = ['claude-code', 'opencode', 'roo'].map((name) => builtinTarget(name)!);

type Texts = Readonly<Record<string, string>>;

/** Texts that were trouble somewhere, once. */
const NASTY: readonly string[] = [
  '',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '..',
  '../../outside',
  '/etc/passwd',
  'C:\\x',
  'a/../../b',
  'con',
  'a\u0000b',
  '\ud800',
  '\u202eabc',
  '\ufeff',
  '\u2028',
  '🤖',
  '---',
  '...',
  '- ',
  ': ',
  '? ',
  '&a ',
  '*a',
  '<<: *a',
  '!!binary x',
  '!<x> ',
  '%YAML 9.9',
  '|',
  '>-',
  '{{constructor}}',
  '{{> x}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: meant as it stands.
  '${x}',
  '$(rm -rf /)',
  '`x`',
  '\\',
  '"',
  "'",
  '#',
  '\t',
  '\r',
  '\r\n',
  '\n',
  '(a+)+$',
  '*'.repeat(40),
  '**/'.repeat(20),
  '{a,b}'.repeat(12),
  '[!a-z]',
  'x'.repeat(3000),
  '1e999',
  '-0',
  '.inf',
  '.nan',
  '0x7fffffffffffffff',
  '9'.repeat(400),
  '2001-99-99',
  'null',
  '~',
  'true',
  'no',
  '[]',
  '{}',
  '['.repeat(200),
  '{a: '.repeat(120),
  '# teamc-ignore schema',
  '# teamc-ignore *: x',
];

/** The teams that are shipped, and examples. */
const seeds: readonly Texts[] = ['teams', 'examples'].flatMap((root) =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'team.yaml')))
    .map((entry) => {
      const files = Object.entries(tree(join(root, entry.name)));
      return Object.fromEntries(files.filter(([path]) => /\.(?:md|ya?ml)$/.test(path) && !path.endsWith('README.md')));
    }),
);

/** Bytes as they come, or the letters of YAML in any order. */
function bytes(dice: Dice): Texts {
  const length = dice.below(dice.one([10, 100, 2_000]));
  const letters = [...'abc:- \n\n  \t"\'[]{}#&*!|>%@`,?0.-~<\\'];
  const raw = (): string => {
    const given = Uint8Array.from({ length }, () => dice.below(256));
    const decoded = decode('team.yaml', given);
    return 'source' in decoded ? decoded.source.text : new TextDecoder('latin1').decode(given);
  };
  const text = dice.rarely(3) ? raw() : Array.from({ length }, () => dice.one(letters)).join('');
  const team = dice.rarely(2) ? text : `teamc: 1\nname: a\n${text}`;
  if (dice.rarely(2)) return { 'team.yaml': team };
  return { 'team.yaml': 'teamc: 1\nname: a\n', 'roles/a.md': dice.rarely(2) ? text : `---\n${text}\n---\n${text}` };
}

/** A shipped team in which something was spoilt, a few times over. */
function mutant(dice: Dice): Texts {
  const files: Record<string, string> = { ...dice.one(seeds) };
  const paths = Object.keys(files);
  // One team file is worth as much as all of its roles.
  for (let rounds = 1 + dice.below(4); rounds > 0; rounds--) {
    const path = dice.rarely(2) ? 'team.yaml' : dice.one(paths);
    files[path] = spoil(dice, files[path] ?? '', () => files[dice.one(paths)] ?? '');
  }
  if (dice.rarely(20)) delete files[dice.one(paths)];
  if (dice.rarely(20)) files[`roles/${dice.one(NASTY).replaceAll('\0', '')}.md`] = files[dice.one(paths)] ?? '';
  return files;
}

function spoil(dice: Dice, text: string, other: () => string): string {
  const at = dice.below(text.length + 1);
  const end = Math.min(text.length, at + dice.below(dice.one([2, 30, 500])));
  const lines = text.split('\n');
  const line = dice.below(lines.length);
  const swapped = (value: string): string => {
    const parts = /^(\s*(?:- )?[\w-]+:\s?)(.*)$/.exec(lines[line] ?? '');
    return lines.with(line, parts ? `${parts[1]}${value}` : value).join('\n');
  };
  const piece = (): string => {
    const from = other();
    const start = dice.below(from.length + 1);
    return from.slice(start, start + dice.below(300));
  };
  switch (dice.below(12)) {
    case 0:
      return text.slice(0, at) + text.slice(end);
    case 1:
      return text.slice(0, end) + text.slice(at);
    case 2:
      return text.slice(0, at) + piece() + text.slice(end);
    case 3:
      return text.slice(0, at) + dice.one(NASTY) + text.slice(end);
    case 4:
      return swapped(dice.one(NASTY));
    case 5:
      return swapped(JSON.stringify(dice.one(NASTY)));
    case 6:
      return swapped(JSON.stringify(value(dice, 4)));
    case 7:
      return lines.toSpliced(line, 1).join('\n');
    case 8:
      return lines.toSpliced(line, 0, ...lines.slice(line, line + 1 + dice.below(10))).join('\n');
    case 9:
      return lines.with(line, ' '.repeat(dice.below(5)) + (lines[line] ?? '')).join('\n');
    case 10:
      return text.replace(/[\w-]+(?=:)/g, (key) => (dice.rarely(30) ? dice.one(NASTY) : key));
    default:
      return text.replaceAll(/\d+/g, (number) =>
        dice.rarely(4) ? dice.one(['-1', '0', '1e308', '9'.repeat(30)]) : number,
      );
  }
}

/** Any value of JSON. */
function value(dice: Dice, depth: number): unknown {
  const kinds = depth === 0 ? 5 : 8;
  switch (dice.below(kinds)) {
    case 0:
      return null;
    case 1:
      return dice.rarely(2);
    case 2:
      return dice.one([0, -1, 1, 0.5, 1e308, -1e308, 2 ** 53, 5e-324]);
    case 3:
      return dice.one(NASTY);
    case 4:
      return dice.one(IDS);
    case 5:
      return dice.some(4, () => value(dice, depth - 1));
    default:
      return Object.fromEntries(dice.some(4, () => [dice.one([...KEYS, ...NASTY]), value(dice, depth - 1)]));
  }
}

const IDS = ['lead', 'dev', 'api/dev', 'qa', 'Dev', 'data/qa', 'nobody', 'human'];

/** Every key that a shipped file has anywhere. */
const KEYS: readonly string[] = [
  ...new Set(
    seeds.flatMap((files) => Object.values(files)).flatMap((text) => text.match(/(?<=^[ -]*)[a-z][\w-]*(?=:)/gm) ?? []),
  ),
];

/** Every `key: value` that a shipped file has at the start of a line, for teams that are nearly right. */
const fields = (pick: (path: string) => boolean): ReadonlyMap<string, readonly unknown[]> => {
  const found = new Map<string, unknown[]>();
  for (const files of seeds)
    for (const [path, text] of Object.entries(files).filter(([name]) => pick(name))) {
      const { data } = readDocument({ path, text });
      for (const [key, one] of Object.entries((data ?? {}) as object)) found.set(key, [...(found.get(key) ?? []), one]);
    }
  return found;
};

const ROLE_FIELDS = fields((path) => path.startsWith('roles/'));
const TEAM_FIELDS = fields((path) => path === 'team.yaml');

/** A team of fields that other teams have, now and then with a value that is not meant there. */
function shape(dice: Dice): Texts {
  const near = dice.below(3);
  const odd = (): boolean => near > 0 && dice.rarely(near === 1 ? 40 : 6);
  const bent = (one: unknown): unknown => {
    if (odd()) return value(dice, 3);
    if (Array.isArray(one)) return one.map(bent);
    if (typeof one !== 'object' || one === null) return typeof one === 'string' && dice.rarely(6) ? dice.one(IDS) : one;
    return Object.fromEntries(
      Object.entries(one).map(([key, inner]) => [odd() ? dice.one([...KEYS, ...NASTY]) : key, bent(inner)]),
    );
  };
  const some = (all: ReadonlyMap<string, readonly unknown[]>, often: number): Record<string, unknown> =>
    Object.fromEntries([...all].filter(() => dice.rarely(often)).map(([key, ones]) => [key, bent(dice.one(ones))]));
  const ids = IDS.slice(0, 1 + dice.below(4));
  const tools = (): readonly string[] => dice.some(4, () => dice.one(['read', 'edit', 'shell', 'search', 'web-fetch']));
  // A valid one hands work down only, and says nothing of roles that other teams have.
  const role = (at: number): Record<string, unknown> =>
    near === 0
      ? { description: dice.one(NASTY) || 'Does its part.', tools: ['read'], 'delegates-to': ids.slice(at + 1) }
      : {
          description: 'Does its part.',
          tools: tools(),
          'delegates-to': dice.some(3, () => dice.one(IDS)),
          'escalates-to': dice.one(IDS),
          ...some(ROLE_FIELDS, 6),
        };
  const head = { teamc: 1, name: dice.rarely(20) ? dice.one(NASTY) : 'shop', entry: 'lead' };
  const team = {
    ...(near === 0 ? {} : some(TEAM_FIELDS, 3)),
    ...head,
    roles: Object.fromEntries(ids.map((id, at) => [id, role(at)])),
  };
  const files: Record<string, string> = { 'team.yaml': JSON.stringify(team, null, dice.rarely(2) ? 2 : undefined) };
  for (const id of ids.filter(() => near > 0 && dice.rarely(6)))
    files[`roles/more/${id}.md`] = `---\n${JSON.stringify(role(0))}\n---\n${dice.one(NASTY)}\n`;
  return files;
}

/** What lint and build make of files that stand in memory; the same text for the same files. */
function outcome(files: Texts): string {
  const loaded = readTeam('team.yaml', memory(files));
  const diagnostics = lint(loaded, { profile: 'strict', targets: targets.map(({ manifest }) => manifest.target) });
  if (diagnostics.some(({ severity }) => severity === 'error')) return JSON.stringify(diagnostics);
  const plans = targets.map((target) => compile(loaded.team, target));
  for (const { path } of plans.flatMap((plan) => plan.files)) {
    expect(posix.normalize(path)).toBe(path);
    expect(path).not.toMatch(/^(?:\.\.(?:\/|$)|\/|[a-z]:)|[\\\0]/i);
  }
  return JSON.stringify([diagnostics, plans]);
}

/** Runs the whole command in a folder beside another one, of which nothing may change. */
async function written(files: Texts): Promise<string> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'teamc-fuzz-')));
  try {
    const team = join(root, 'work/team');
    mkdirSync(join(team, '.git'), { recursive: true });
    for (const [path, text] of Object.entries(files)) {
      if (!join(team, path).startsWith(`${team}/`)) continue;
      // No file system holds a longer name, so that no user can have such a file.
      if (path.split('/').some((name) => Buffer.byteLength(name) > 255)) continue;
      mkdirSync(dirname(join(team, path)), { recursive: true });
      writeFileSync(join(team, path), text);
    }
    const before = tree(root);
    const { code, out, err } = await teamc(join(root, 'work'), 'build', 'team', '--out', 'out');
    expect([0, 1, 2]).toContain(code);
    expect(err).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
    const after = tree(root);
    const outside = Object.keys(after).filter((path) => !path.startsWith('work/out/'));
    expect(Object.fromEntries(outside.map((path) => [path, after[path]]))).toEqual(before);
    return out.replaceAll(root, '');
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const KINDS = { bytes, mutants: mutant, shapes: shape } as const;

for (const kind of ['bytes', 'mutants', 'shapes'] as const)
  test(
    `${INPUTS[kind]} random inputs: ${kind}`,
    async () => {
      const slow: string[] = [];
      const told = { clean: 0, wrong: 0, written: 0, longest: 0 };
      for (let at = 0; at < INPUTS[kind]; at++) {
        const files = KINDS[kind](new Dice(SEED * 1_000_003 + at));
        const name = `${kind} ${at} of seed ${SEED}`;
        const timed = async <T>(run: () => T | Promise<T>): Promise<readonly [T, number]> => {
          // The time of this process, so that it does not matter what else the machine does.
          const start = process.cpuUsage();
          const result = await run();
          const { user, system } = process.cpuUsage(start);
          return [result, (user + system) / 1_000];
        };
        const measured = async <T>(run: () => T | Promise<T>): Promise<T> => {
          let [result, lasted] = await timed(run);
          // The first one of a kind pays for compiling teamc itself.
          if (lasted > LIMIT) [result, lasted] = await timed(run);
          told.longest = Math.max(told.longest, lasted);
          if (lasted > LIMIT) slow.push(`${name}: ${Math.round(lasted)} ms`);
          return result;
        };
        try {
          const first = await measured(() => outcome(files));
          told[first.startsWith('[[') ? 'clean' : 'wrong']++;
          if (at % 10 === 0) expect(outcome(files)).toBe(first);
          if (at % WRITTEN === 0) {
            told.written++;
            await measured(() => written(files));
          }
        } catch (error) {
          throw new Error(name, { cause: error });
        }
      }
      if (process.env['TEAMC_SOAK'])
        process.stderr.write(`${kind}: ${JSON.stringify({ ...told, longest: Math.round(told.longest) })}\n`);
      expect(slow).toEqual([]);
      if (kind !== 'bytes') expect(told.clean).toBeGreaterThan(0);
    },
    TIMEOUT,
  );

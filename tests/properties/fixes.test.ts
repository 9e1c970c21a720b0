import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { applyFixes } from '../../src/document/edit.ts';
import { locatePlace } from '../../src/document/position.ts';
import { lint } from '../../src/rules/lint.ts';
import { type Files, type LoadedTeam, readTeam } from '../../src/team/read.ts';
import { fixInMemory } from '../../src/workspace/fix.ts';
import { loadText, memory } from '../memory.ts';

type Texts = Readonly<Record<string, string>>;

const look = (files: Files) => {
  const loaded = readTeam('team.yaml', files);
  return [{ loaded, path: 'team.yaml', diagnostics: lint(loaded, { profile: 'strict' }) }];
};

/** How often each thing is said; places move with what is fixed, and a message names what it is about. */
function counts(loaded: LoadedTeam, diagnostics: readonly Diagnostic[]): Map<string, number> {
  const all = new Map<string, number>();
  for (const { rule, at, message } of diagnostics) {
    const key = `${rule} in ${locatePlace(at, loaded.documents).file}: ${message}`;
    all.set(key, (all.get(key) ?? 0) + 1);
  }
  return all;
}

/** Rules whose findings hide others: what is found once they are gone was there before. */
const HIDING = new Set(['yaml-syntax', 'front-matter-misplaced']);

/** Of several rules that change nothing because of each other one is told, and the next when that is gone. */
const IN_A_ROW = new Set(['shadowed-permission', 'redundant-permission']);

/** Makes one fix after the other, each in the team as it was, and answers how many there were. */
function checkEach(files: Texts): number {
  const [before] = look(memory(files));
  const { loaded, diagnostics } = before!;
  const said = counts(loaded, diagnostics);
  const hidden = diagnostics.some(({ rule }) => HIDING.has(rule));
  let checked = 0;
  for (const diagnostic of diagnostics) {
    if (!diagnostic.fix) continue;
    const { texts, made } = applyFixes([{ fix: diagnostic.fix, documents: loaded.documents }]);
    if (made.length === 0) continue;
    checked++;
    const after = { ...files, ...Object.fromEntries([...texts].map(([path, text]) => [path, text.after])) };
    const [fixed] = look(memory(after));
    const now = counts(fixed!.loaded, fixed!.diagnostics);
    const [key] = counts(loaded, [diagnostic]).keys();
    const left = { key, count: now.get(key!) ?? 0 };
    if (!IN_A_ROW.has(diagnostic.rule)) expect(left).toEqual({ key, count: Math.min(left.count, said.get(key!)! - 1) });
    const added = [...now].filter(([one, count]) => count > (said.get(one) ?? 0)).map(([one]) => one);
    if (!hidden) expect({ key, added: added.filter((one) => !follows(diagnostic, one)) }).toEqual({ key, added: [] });
  }
  return checked;
}

/** What a person who agrees to a fix may uncover: what is read at last is taken at its word. What is safe uncovers nothing. */
function follows({ rule, fix }: Diagnostic, found: string): boolean {
  // `go *` is another pattern than `go*`: only now it is known by its name.
  if (rule === 'loose-prefix') return found.startsWith('universal-executor ');
  if (fix?.safety === 'safe') return false;
  return !(rule === 'schema' ? /^(?:yaml-syntax|schema) / : /^(?:yaml-syntax|schema|unknown-\S+) /).test(found);
}

/** Makes all fixes, and answers the files. */
function fixAll(files: Texts): { readonly files: Texts; readonly fixable: readonly string[] } {
  const { texts, teams } = fixInMemory(memory(files), look, new Set(['safe', 'unsafe']));
  const fixable = teams.flatMap(({ diagnostics }) =>
    diagnostics.filter(({ fix }) => fix).map(({ message }) => message),
  );
  return {
    files: { ...files, ...Object.fromEntries([...texts].map(([path, { after }]) => [path, after])) },
    fixable,
  };
}

const PAGES = new URL('../../docs/rules/', import.meta.url);
const EXAMPLE = /(?:```(?:yaml|markdown)[^\n]*\n[\s\S]*?\n```\n+)+/g;
const FILE = /```(?:yaml|markdown)[ ]?(?<path>[^\n]*)\n(?<text>[\s\S]*?\n)```\n/g;

/** The examples of the pages, each as its files. */
const examples = readdirSync(PAGES).flatMap((page) =>
  [...readFileSync(new URL(page, PAGES), 'utf8').matchAll(EXAMPLE)].map(([blocks], index) => ({
    name: `${page} ${index + 1}`,
    files: Object.fromEntries(
      [...blocks.matchAll(FILE)].map(({ groups }) => [groups?.['path'] || 'team.yaml', groups?.['text'] ?? '']),
    ) as Texts,
  })),
);

describe('on the pages of the rules', () => {
  test('a fix takes its finding away and brings none', () => {
    const checked = examples.map(({ files }) => checkEach(files));
    expect(checked.filter((count) => count > 0).length).toBeGreaterThan(15);
  });

  test('what is fixed stays as it is', () => {
    for (const { name, files } of examples) {
      const once = fixAll(files);
      if (Object.entries(files).every(([path, text]) => once.files[path] === text)) continue;
      expect({ name, files: fixAll(once.files).files }).toEqual({ name, files: once.files });
    }
  });
});

const IDS = ['lead', 'builder', 'tester', 'api/developer', 'data/analyst', 'front-end/designer'];

/** A name of a role as an author might write it: rightly, by its end, with a slip, or the role's own. */
const name = fc.tuple(fc.constantFrom(...IDS), fc.constantFrom('id', 'id', 'end', 'slip')).map(([id, how]) => {
  const end = id.slice(id.lastIndexOf('/') + 1);
  return how === 'id' ? id : how === 'end' ? end : end.slice(0, 2) + end.slice(3);
});

const item = fc.tuple(name, name, fc.nat(6)).map(([one, other, form]) => {
  const forms = [
    one,
    `"${one}"`,
    `{ role: ${one}, for: work }`,
    `{ role: [${one}, '${other}'] }`,
    `role: ${one}\n      for: work`,
    `for: work\n      role:\n      - ${one} # one\n      - ${other}`,
  ];
  return forms[form % forms.length] as string;
});

const fields = fc
  .tuple(
    fc.constantFrom('delegates-to', 'delegate-to', 'escalates-to', 'receives-from', 'collaborates-with'),
    fc.array(item, { minLength: 1, maxLength: 3 }),
    fc.constantFrom(
      'tools: [read, edit]',
      'tools: raed',
      'tols: ["read"]',
      "tools:\n    - 'serach' # look",
      'mode: al',
    ),
    fc.nat(9),
  )
  .map(
    ([relation, items, tools, comment]) =>
      `    ${tools}\n    # above ${comment}\n    ${relation}: # who\n${items.map((one) => `    - ${one} # why ${comment}\n`).join('')}`,
  );

/** A team in one file, with a slip here and there. */
const team = fc
  .tuple(fc.array(fields, { minLength: IDS.length, maxLength: IDS.length }), fc.boolean(), fc.boolean())
  .map(([roles, crlf, ignores]) => {
    const all = IDS.map(
      (id, index) =>
        `${ignores && index === 1 ? '  # teamc-ignore no-tool, unused-tool: so\n' : ''}  ${id}: # role ${index}\n    description: Does its part.\n${roles[index]}`,
    );
    const text = `teamc: 1\nname: shop # ours\nentry: leda\nroles:\n${all.join('\n')}lint: { rules: { no-tols: off } }\n`;
    return crlf ? text.replaceAll('\n', '\r\n') : text;
  });

describe('on random teams with mistakes', () => {
  test('a fix takes its finding away and brings none', () => {
    let checked = 0;
    fc.assert(
      fc.property(team, (text) => {
        checked += checkEach({ 'team.yaml': text });
      }),
      { numRuns: 15 },
    );
    expect(checked).toBeGreaterThan(100);
  });

  test('all fixes together leave nothing that could be fixed, and nothing else is touched', () => {
    fc.assert(
      fc.property(team, (text) => {
        const { files, fixable } = fixAll({ 'team.yaml': text });
        const after = files['team.yaml'] as string;
        expect(fixable).toEqual([]);
        expect(fixAll(files).files).toEqual(files);
        expect(after.split('\r').length === 1).toBe(text.split('\r').length === 1);
        const kept = (one: string) => one.match(/# (?:role|above|who|ours)[^\r\n]*/g);
        expect(kept(after)).toEqual(kept(text));
        expect(loadText(after).problems.map(({ message }) => message)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import { platformFileOf } from '../../src/import/files.ts';
import { teamsInPlace } from '../../src/import/teams-in-place.ts';
import { pretty } from '../../src/report/pretty.ts';
import { rules } from '../../src/rules/generated/rules.ts';
import { lint } from '../../src/rules/lint.ts';
import type { Rule } from '../../src/rules/rule.ts';
import type { LoadedTeam } from '../../src/team/read.ts';
import { loadProject, loadText } from '../memory.ts';

const PAGES = new URL('../../docs/rules/', import.meta.url);
/**
 * One or more files, then what the rule says of them. A file's path stands behind its language; else it is team.yaml.
 * The platforms that are asked about stand behind `text`, as on the command line.
 */
const EXAMPLE =
  /(?<files>(?:```(?:yaml|markdown|json)[^\n]*\n[\s\S]*?\n```\n+)+)```text(?<asked>[^\n]*)\n(?<output>[\s\S]*?)```/g;
const FILE = /```(?:yaml|markdown|json)[ ]?(?<path>[^\n]*)\n(?<text>[\s\S]*?\n)```\n/g;
const plain = new Chalk({ level: 0 });
const update = process.env['UPDATE'] !== undefined;

test('every rule has a page and every page has a rule', () => {
  const pages = readdirSync(PAGES).map((name) => name.replace(/\.md$/, ''));
  expect(pages.sort()).toEqual(rules.map((rule) => rule.id).sort());
});

describe.each(rules)('$id', (rule) => {
  const page = new URL(`${rule.id}.md`, PAGES);
  const text = readFileSync(page, 'utf8');
  const examples = [...text.matchAll(EXAMPLE)].map(({ groups }) => ({
    files: groups?.['files'] ?? '',
    output: groups?.['output'] ?? '',
  }));

  test('the page begins with the name, the definition and the severity', () => {
    const profile = rule.profile === 'strict' ? ', in the strict profile' : '';
    expect(
      text.startsWith(`# ${rule.id}\n\n${rule.summary}\n\nSeverity: ${rule.severity}${profile}.\n\n## Why\n\n`),
    ).toBe(true);
  });

  test('the page shows what the rule says', () => {
    const actual = text.replace(
      EXAMPLE,
      (_, files: string, asked: string) => `${files}\`\`\`text${asked}\n${said(rule, files, asked)}\n\`\`\``,
    );
    if (update) writeFileSync(page, actual);
    expect(actual).toBe(text);
  });

  test('the page shows a mistake and a near miss', () => {
    const silent = examples.filter(({ output }) => output.trim() === 'no findings').length;
    expect({ mistake: examples.length > silent, nearMiss: silent > 0 }).toEqual({ mistake: true, nearMiss: true });
    expect(text.replace(EXAMPLE, '')).not.toContain('```');
  });
});

function said(rule: Rule, blocks: string, asked: string): string {
  const files = Object.fromEntries(
    [...blocks.matchAll(FILE)].map(({ groups }) => [groups?.['path'] || 'team.yaml', groups?.['text'] ?? '']),
  );
  const inPlace = Object.keys(files).some((path) => platformFileOf(path) !== undefined);
  return (
    (inPlace ? teamsInPlace(loadProject(files)) : [loadText(files)])
      .map((loaded) => saidOf(rule, loaded, asked))
      .filter((text) => text !== '')
      .join('\n') || 'no findings'
  );
}

function saidOf(rule: Rule, loaded: LoadedTeam, asked: string): string {
  const targets = [...asked.matchAll(/--target (\S+)/g)].map((match) => match[1] ?? '');
  // A rule that looks back at the others needs them.
  const chosen = rule.closing ? {} : { rules: [rule] };
  const found = lint(loaded, { ...chosen, profile: 'strict', targets }).filter(
    ({ rule: id }) => !rule.closing || id === rule.id,
  );
  return found.map((diagnostic) => pretty(diagnostic, loaded.documents, plain)).join('\n');
}

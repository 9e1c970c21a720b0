import { expect, test } from 'vitest';
import { lint } from '../../src/rules/lint.ts';
import { readTeam } from '../../src/team/read.ts';
import { fixInMemory } from '../../src/workspace/fix.ts';
import { loadText, memory } from '../memory.ts';

const team = (ignore: string, more = ''): string =>
  `teamc: 1\nname: shop\nroles:\n  # ${ignore}\n  lead:\n    description: Plans the work.\n    tools: read\n${more}`;

/** The ignores that are told, in a team with one ignore and nothing to ignore. */
const unused = (text: string, targets: readonly string[] = []): readonly string[] =>
  lint(loadText(text), { profile: 'strict', targets })
    .filter(({ rule }) => rule === 'unused-ignore')
    .map(({ message }) => message);

/** A team after all fixes. */
function fixed(text: string): string | undefined {
  const look = (files: Parameters<typeof readTeam>[1]) => {
    const loaded = readTeam('team.yaml', files);
    return [{ loaded, path: 'team.yaml', diagnostics: lint(loaded, { profile: 'strict' }) }];
  };
  const files = memory({ 'team.yaml': text });
  return fixInMemory(files, look, new Set(['safe', 'unsafe'])).texts.get('team.yaml')?.after;
}

test('an ignore is told when its rule ran in vain', () => {
  expect(unused(team('teamc-ignore no-tools, schema: so'))).toHaveLength(2);
  expect(unused(team('teamc-ignore no-tools: so'))).toEqual(['no-tools finds nothing here that could be ignored.']);
});

test('an ignore is let be when its rule did not run, does not exist, or depends on the platforms asked about', () => {
  expect(unused(team('teamc-ignore no-tools: so', 'lint: { rules: { no-tools: off } }\n'))).toEqual([]);
  expect(unused(team('teamc-ignore no-such-rule: so'))).toEqual([]);
  for (const targets of [[], ['opencode']])
    expect(unused(team('teamc-ignore depth-exceeds-target: so'), targets)).toEqual([]);
});

test('an ignore is let be while a file can not be read', () => {
  expect(unused(team('teamc-ignore no-tools: so', 'levels: [\n'))).toEqual([]);
});

test('an ignore that is taken out takes its line along, and leaves the names that do their work', () => {
  const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
  const text = team('teamc-ignore no-tools, unused-tool,duplicate-id: so');
  expect(fixed(crlf(text))).toBe(crlf(text.replace(/ {2}#.*\n/, '')));
  const needed = text.replace('    tools: read\n', '');
  expect(fixed(needed)).toBe(needed.replace('no-tools, unused-tool,duplicate-id', 'no-tools'));
});

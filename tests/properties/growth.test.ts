import { appendFileSync } from 'node:fs';
import { test } from 'vitest';
import { Dice } from '../dice.ts';
import { DOCUMENT } from './readers/document.ts';
import { IMPORT } from './readers/import.ts';
import { PATTERN } from './readers/pattern.ts';
import type { Reader } from './readers/reader.ts';
import { TEAM_READERS } from './readers/team.ts';
import { WORKSPACE } from './readers/workspace.ts';

const ONLY = process.env['TEAMC_READERS'] ?? '';
const READERS: readonly Reader[] = [...DOCUMENT, ...PATTERN, ...TEAM_READERS, ...IMPORT, ...WORKSPACE];
const TOKENS = [
  '[',
  '{',
  '(',
  '- ',
  '| ',
  '|a',
  '*',
  '**',
  '`',
  '```\n',
  '${',
  '$(',
  '@a ',
  '@',
  '<',
  '<!--',
  '<!-- x -->\n',
  '-->',
  '#',
  '# a\n',
  '# a\n\n',
  '\n',
  '\n\n',
  ' ',
  '\t',
  ' \n',
  '\r\n',
  '\r',
  '---\n',
  '+++\n',
  '"',
  "'",
  '\\',
  '\\"',
  '""',
  ': ',
  'a: ',
  'a: b\n',
  'a:\n',
  '? ',
  '&a ',
  '*a ',
  '!!str ',
  '- a\n',
  '- - a\n',
  '  - a\n',
  '-',
  '--',
  '- -\n',
  'x',
  'a b ',
  'ab-',
  '-a',
  'a/',
  '/',
  '../',
  '.',
  ',',
  ';',
  'a,',
  '{a,b}',
  '[a](',
  '[a]',
  '](',
  '|---',
  '| a |\n',
  '|a|b|\n|---|---|\n',
  '1. a\n',
  '→ ',
  ' -> a',
  'a -> ',
  'a, ',
  'a or ',
  '**a** ',
  '**a**: ',
  '- **a**: b\n',
  '_',
  '~',
  '=',
  '= ',
  '[[a]]\n',
  '[a]\n',
  '"""',
  "'''",
  '/*',
  '//',
  '// a\n',
  '/* */',
  '{"a":',
  '[1,',
  '1',
  '0.',
  'é',
  '🤖',
  '\u200b',
  '\u0301',
  '\ud800',
  '{{',
  '}}',
  '{{a}} ',
  '<example>',
  '</example>',
  '<a>',
  '&',
  '&&',
  'a && ',
  '; ',
  '|| ',
  '<<E\n',
  '$((',
  '%',
  'a\nb: ',
  '- slug: a\n',
  '  - slug: a\n    name: b\n',
  'Level 1: a\n',
  'Escalates to ',
  'escalate to a ',
  'Reports to: a\n',
  'Task(a) ',
  'Agent(',
  'subagent_type="',
  'teamc-ignore',
  '# teamc-ignore a\n',
  '<!-- teamc-ignore a -->\n',
  ' (',
  ' (a)',
  '(a',
  'a (a person) ',
  ' and ',
  ' is ',
  'A ',
  'Ab',
  '::',
  '{"a":1}\n',
  '- include: b.yaml\n',
  'include',
  '\u00a0',
  '\u3000',
  '>',
  '> ',
  '- [ ] a\n',
  '!',
  '![',
  'http://',
  '.*',
  '(?=',
  'a?',
  'a|',
];
const [SMALL, LARGE] = [100_000, 400_000];
function time(reader: Reader, text: string): number {
  const start = process.cpuUsage();
  try {
    reader.read(text, new Dice(7));
  } catch (error) {
    if (!(reader.refuses ?? []).some((kind) => error instanceof kind))
      appendFileSync(
        '/tmp/w/readers-logs/growth',
        `ERROR ${reader.name} ${JSON.stringify(text.slice(0, 30))} ${String(error).slice(0, 200)}\n`,
      );
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
for (const reader of READERS.filter(({ name }) => ONLY.split('|').some((part) => name.includes(part)))) {
  test(reader.name, () => {
    for (const token of TOKENS)
      for (const [before, after] of [
        ['', ''],
        [reader.name.includes('Markdown') || reader.name.includes('role') ? '---\ndescription: a\n---\n' : 'a: ', 'x'],
      ]) {
        const make = (size: number) => before + token.repeat(size / token.length) + after;
        const tiny = time(reader, make(25_000));
        if (tiny > 1500) {
          appendFileSync(
            '/tmp/w/readers-logs/growth',
            `${reader.name}\t${JSON.stringify(before + token)}\t25K ${tiny}\n`,
          );
          continue;
        }
        const small = time(reader, make(SMALL));
        if (small < 60) continue;
        if (small > 3000) {
          appendFileSync(
            '/tmp/w/readers-logs/growth',
            `${reader.name}\t${JSON.stringify(before + token)}\t25K ${Math.round(tiny)} 100K ${Math.round(small)}\n`,
          );
          continue;
        }
        const large = time(reader, make(LARGE));
        if (large > 8 * small || large > 2000)
          appendFileSync(
            '/tmp/w/readers-logs/growth',
            `${reader.name}\t${JSON.stringify(before + token)}\t25K ${Math.round(tiny)} 100K ${Math.round(small)} 400K ${Math.round(large)}\n`,
          );
      }
  }, 3_000_000);
}

import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { LintResult } from '../../src/report/result.ts';
import { loadText } from '../memory.ts';

const LEAD = 'shop/roles/lead.md';
const TEAM = 'shop/team.yaml';

const FILES = {
  [TEAM]: [
    'teamc: 1',
    'name: shop',
    'entry: lead',
    'roles:',
    '  builder:',
    '    description: Writes the code.',
    '    delegates-to: { role: tester, for: testing }',
    '  tester: { description: "Tests; 100%, no less.", delegates-to: { role: lead } }',
    '',
  ].join('\n'),
  [LEAD]: [
    '---',
    'description: Plans the work.',
    'delegates-to:',
    '  - { role: biulder, for: building }',
    '  - role: tester',
    '    for: testing',
    '---',
    '',
    'Plan.',
    '',
  ].join('\n'),
};

/** A misspelt name with a fix; a ring with related places, one of them of several lines; a hint. Not in order. */
export const FOUND: readonly Diagnostic[] = [
  {
    rule: 'delegation-cycle',
    severity: 'warning',
    at: { file: TEAM, pointer: ['roles', 'tester', 'delegates-to'] },
    role: 'tester',
    message: 'Delegation runs in a circle: tester → lead → tester.',
    related: [
      { at: { file: LEAD, pointer: ['delegates-to', 1] }, message: 'lead hands the work on to tester' },
      { at: { file: TEAM, pointer: ['roles', 'tester'], on: 'key' }, message: 'tester, stands here' },
    ],
    help: 'Remove one of them.',
  },
  {
    rule: 'unknown-role',
    severity: 'error',
    at: { file: LEAD, pointer: ['delegates-to', 0, 'role'] },
    role: 'lead',
    message: 'There is no role "biulder".',
    help: 'Did you mean "builder"?',
    fix: {
      title: 'Write "builder"',
      safety: 'unsafe',
      edits: [{ at: { file: LEAD, pointer: ['delegates-to', 0, 'role'] }, text: 'builder' }],
    },
  },
  {
    rule: 'taste',
    severity: 'info',
    at: { file: TEAM, pointer: ['name'] },
    message: '100% of "shop": fine,\nsays <it>.',
  },
];

/** The same files, with a line more at the top of the lead's. */
export const SHIFTED = { ...FILES, [LEAD]: FILES[LEAD].replace('---\n', '---\nname: Lead\n') };

/** The shop with these findings. */
export function shop(
  diagnostics: readonly Diagnostic[] = FOUND,
  files: Readonly<Record<string, string>> = FILES,
): LintResult {
  return {
    teams: [{ loaded: loadText(files, TEAM), path: TEAM, diagnostics }],
    rules: [
      { id: 'delegation-cycle', summary: 'Roles delegate in a ring.', severity: 'error' },
      { id: 'taste', summary: 'A matter of taste.', severity: 'info', profile: 'strict' },
      { id: 'unknown-role', summary: 'A name leads nowhere.', severity: 'error' },
    ],
    version: '1.2.3',
    page: (rule) => (rule === 'unknown-role' ? '# unknown-role\n' : undefined),
  };
}

/** A team with one role and any text in the file `team.yaml`, for what stands in a frame. */
export function withLine(line: string): LintResult['teams'][number]['loaded'] {
  return loadText(`teamc: 1\nname: shop\n${line}\nroles: { lead: { description: Leads. } }\n`);
}

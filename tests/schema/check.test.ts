import { describe, expect, test } from 'vitest';
import { check } from '../../src/schema/check.ts';
import type { SchemaName } from '../../src/schema/schema-name.ts';

const AT = { file: 'file.yaml', pointer: [] };

/** The smallest data that fits each schema; a mistake is laid over it. */
const SOUND: Readonly<Record<SchemaName, object>> = {
  team: { teamc: 1, name: 'shop' },
  role: { description: 'Plans the work.' },
  scenario: { teamc: 1, request: 'Add refunds' },
  target: { target: 'notes', title: 'Notes', verified: '1.0', carries: {}, emit: [] },
};

/** What is said: the place (`key` after it where the key is shown), the sentence, and the help. */
type Said = readonly [at: string, message: string, help?: string];

function said(name: SchemaName, data: unknown): readonly Said[] {
  return check(name, data, AT).map(({ at, message, help }): Said => {
    const place = `${at.pointer.join('/')}${at.on === 'key' ? ' key' : ''}`;
    return help === undefined ? [place, message] : [place, message, help];
  });
}

const EMPTY = 'Write something, or leave the key out.';
const SHORTER = 'Say with "*" what differs, or write several patterns.';
const ONE_EACH = 'Write one item for each decision; they are read top to bottom, and the last match wins.';
const OWN_KEY = 'A key of your own begins with "x-".';
const DURATION = 'Duration: A number and its unit: `ms`, `s`, `m`, `h`, `d` (24 hours) or `w`.';

const MISTAKES: Readonly<Record<SchemaName, readonly (readonly [mistake: object, ...said: Said[]])[]>> = {
  team: [
    [{ teamc: 2 }, ['teamc', '"teamc" is 2; it must be 1.']],
    [{ name: '' }, ['name', '"name" is empty.', EMPTY]],
    [{ name: 5 }, ['name', '"name" must be a text, not 5.']],
    [{ rolse: {} }, ['rolse key', 'There is no key "rolse".', 'Did you mean "roles"?']],
    [{ budget: 3 }, ['budget key', 'There is no key "budget".', OWN_KEY]],
    [{ levels: 'strategic' }, ['levels', '"levels" must be a list, not "strategic".']],
    [
      { uses: { 'my team': '../platform' } },
      ['uses/my team key', '"my team" can\'t be a name here: use letters, digits, "-" and "_".'],
    ],
    [
      { people: { ann: { humn: true } } },
      ['people/ann/humn key', '"people.ann" has no key "humn".', 'Did you mean "human"?'],
    ],
    [{ groups: { workers: {} } }, ['groups/workers', '"groups.workers" is empty.', EMPTY]],
    [{ models: { strong: 'opus' } }, ['models/strong', '"models.strong" must be a map, not "opus".']],
    [
      { models: { strong: { price: { input: -1 } } } },
      ['models/strong/price/input', '"models.strong.price.input" is -1; it must be at least 0.'],
    ],
    [
      { escalation: [{ by: 'boss' }] },
      ['escalation/0/by', '"escalation[1].by" is "boss"; it must be "self", "peers", "delegator" or "escalates-to".'],
    ],
    [{ escalation: [{ name: 'peers' }] }, ['escalation/0', '"escalation[1]" needs "by".']],
    [
      { escalation: [{ by: 'self', timeout: 30 }] },
      ['escalation/0/timeout', '"escalation[1].timeout" is 30, and should look like "4h".', DURATION],
    ],
    [
      { assertions: [{ name: 'nobody deploys' }] },
      ['assertions/0', '"assertions[1]" needs "never", "exclusive", "count" or "expect".'],
    ],
    [
      { assertions: [{ nevr: { role: '*' } }] },
      ['assertions/0/nevr key', '"assertions[1]" has no key "nevr".', 'Did you mean "never"?'],
    ],
    [{ assertions: [{ expect: 'ask' }] }, ['assertions/0', '"assertions[1]" needs "of".']],
    [
      { assertions: [{ expect: 'ask', of: { role: 'lead' } }] },
      ['assertions/0/of', '"assertions[1].of" has 1 key; it must have at least 2.'],
    ],
    [
      { assertions: [{ exclusive: ['deployer'] }] },
      ['assertions/0/exclusive', '"assertions[1].exclusive" has 1 item; it must have at least 2.'],
    ],
    [
      { assertions: [{ never: { role: '*', without: 'consent' } }] },
      ['assertions/0/never/without', '"assertions[1].never.without" is "consent"; it must be "approval".'],
    ],
    [
      { lint: { profile: 'strickt' } },
      ['lint/profile', '"lint.profile" is "strickt"; it must be "regular" or "strict".', 'Did you mean "strict"?'],
    ],
    [
      { lint: { rules: { 'no-tools': 'fatal' } } },
      ['lint/rules/no-tools', '"lint.rules.no-tools" is "fatal"; it must be "off", "info", "warning" or "error".'],
    ],
    [{ targets: ['roo'] }, ['targets', '"targets" must be a map, not a list.']],
    [{ defaults: { tool: 'read' } }, ['defaults/tool key', '"defaults" has no key "tool".', 'Did you mean "tools"?']],
    [{ roles: { lead: 'Plans.' } }, ['roles/lead', '"roles.lead" must be a map, not "Plans.".']],
  ],
  role: [
    [{ mode: 'main' }, ['mode', '"mode" is "main"; it must be "primary", "subagent" or "all".']],
    [{ temperature: 3 }, ['temperature', '"temperature" is 3; it must be at most 2.']],
    [{ temperature: 'hot' }, ['temperature', '"temperature" must be a number, not "hot".']],
    [{ 'max-turns': 2.5 }, ['max-turns', '"max-turns" must be a whole number, not 2.5.']],
    [{ tools: { read: 'allow' } }, ['tools', '"tools" must be a text or a list, not a map.']],
    [
      { tools: [`shell:${'x'.repeat(4995)}`] },
      ['tools/0', '"tools[1]" has 5001 characters; at most 5000 can be read.', SHORTER],
    ],
    [
      { permissions: { shell: [{ deny: ['ls', 'x'.repeat(9000)] }] } },
      [
        'permissions/shell/0/deny/1',
        '"permissions.shell[1].deny[2]" has 9000 characters; at most 5000 can be read.',
        SHORTER,
      ],
    ],
    [{ tools: ['read', 5] }, ['tools/1', '"tools[2]" must be a text, not 5.']],
    [
      { permissions: { 'shell:git *': [{ deny: '*' }] } },
      [
        'permissions/shell:git * key',
        '"shell:git *" can\'t be a key: "shell" is, and the pattern belongs in its rules.',
      ],
    ],
    [
      { permissions: { shell: 'never' } },
      ['permissions/shell', '"permissions.shell" is "never"; it must be "allow", "ask" or "deny".'],
    ],
    [
      { permissions: [{ edit: true }] },
      ['permissions/0/edit', '"permissions[1].edit" must be "allow", "ask", "deny", a map or a list, not true.'],
    ],
    [
      { permissions: { shell: [{ deny: '*', allow: 'ls' }] } },
      ['permissions/shell/0', '"permissions.shell[1]" needs exactly one of "allow", "ask" or "deny".', ONE_EACH],
    ],
    [
      { permissions: { shell: [{ because: 'it is not ours' }] } },
      ['permissions/shell/0', '"permissions.shell[1]" needs exactly one of "allow", "ask" or "deny".', ONE_EACH],
    ],
    [
      { permissions: { shell: { denny: '*' } } },
      ['permissions/shell/denny key', '"permissions.shell" has no key "denny".', 'Did you mean "deny"?'],
    ],
    [{ 'delegates-to': 5 }, ['delegates-to', '"delegates-to" must be a text, a map or a list, not 5.']],
    [
      { 'delegates-to': [{ for: 'tests' }] },
      ['delegates-to/0', '"delegates-to[1]" needs "role", "group" or "person".'],
    ],
    [
      { 'delegates-to': { rol: 'tester', for: 'tests' } },
      ['delegates-to/rol key', '"delegates-to" has no key "rol".', 'Did you mean "role"?'],
    ],
    [
      { 'delegates-to': { role: 'tester', 'max-rounds': 0 } },
      ['delegates-to/max-rounds', '"delegates-to.max-rounds" is 0; it must be at least 1.'],
    ],
    [{ 'delegates-to': { role: 'tester', when: {} } }, ['delegates-to/when', '"delegates-to.when" is empty.', EMPTY]],
    [
      { 'delegates-to': { role: 'tester', when: { utilization: { ov: 'all', above: '90%' } } } },
      [
        'delegates-to/when/utilization/ov key',
        '"delegates-to.when.utilization" has no key "ov".',
        'Did you mean "of"?',
      ],
    ],
    [
      { 'escalates-to': { role: 'lead', sla: '8 hours' } },
      ['escalates-to/sla', '"escalates-to.sla" is "8 hours", and should look like "4h".', DURATION],
    ],
    [
      { capacity: { 'hours-per-day': 0 } },
      ['capacity/hours-per-day', '"capacity.hours-per-day" is 0; it must be above 0.'],
    ],
    [
      { capacity: { utilization: { ideal: 75 } } },
      [
        'capacity/utilization/ideal',
        '"capacity.utilization.ideal" is 75, and should look like "85%".',
        'Ratio: A percentage.',
      ],
    ],
    [
      { 'quality-gates': { tests: [{ metric: 'coverage', 'at-least': 'most' }] } },
      [
        'quality-gates/tests/0/at-least',
        '"quality-gates.tests[1].at-least" is "most", and should look like "80%".',
        'Quantity: A number, a percentage, a duration or a size (`k`, `M`, `G`).',
      ],
    ],
    [
      { expertise: { sql: 'experte' } },
      [
        'expertise/sql',
        '"expertise.sql" is "experte"; it must be "beginner", "intermediate", "advanced" or "expert".',
        'Did you mean "expert"?',
      ],
    ],
    [{ workflow: 'review' }, ['workflow', '"workflow" must be a list or a map, not "review".']],
    [{ workflow: [{ to: 'self' }] }, ['workflow/0', '"workflow[1]" needs "do".']],
    [
      { workflow: [{ do: 'review', effort: ['6h'] }] },
      ['workflow/0/effort', '"workflow[1].effort" has 1 item; it must have at least 2.'],
    ],
    [
      { workflow: [{ do: 'review', effort: ['1h', '2h', '3h'] }] },
      ['workflow/0/effort', '"workflow[1].effort" has 3 items; it must have at most 2.'],
    ],
    [
      { must: { do: 'agree', before: 'later' } },
      ['must/before', '"must.before" is "later"; it must be "start", "delegate", "respond" or "finish".'],
    ],
    [{ owns: { exclusive: true } }, ['owns', '"owns" needs "path".']],
    [{ reads: [{ path: '' }] }, ['reads/0/path', '"reads[1].path" is empty.', EMPTY]],
    [{ messages: { status: 'daily' } }, ['messages/status', '"messages.status" must be a map, not "daily".']],
    [
      { temperature: 3, mode: 'main', name: 7 },
      ['temperature', '"temperature" is 3; it must be at most 2.'],
      ['mode', '"mode" is "main"; it must be "primary", "subagent" or "all".'],
      ['name', '"name" must be a text, not 7.'],
    ],
  ],
  scenario: [
    [{ request: { to: 'lead' } }, ['request', '"request" needs "text".']],
    [
      { outcomes: { '*': { ok: 0.9 } } },
      ['outcomes/*/ok', '"outcomes.*.ok" is 0.9, and should look like "85%".', 'Ratio: A percentage.'],
    ],
    [
      { people: { maintainer: { hours: '9-18' } } },
      [
        'people/maintainer/hours',
        '"people.maintainer.hours" is "9-18", and should look like "09:00-18:00".',
        'Hours: When they are there.',
      ],
    ],
    [
      { faults: [{ chance: '5%' }] },
      ['faults/0', '"faults[1]" needs "tool-error", "unavailable", "timeout", "injected" or "mode".'],
    ],
    [{ faults: [{ injected: { fetch: '*' } }] }, ['faults/0', '"faults[1]" needs "says".']],
    [
      { expect: [{ eventualy: 'done' }] },
      ['expect/0/eventualy key', '"expect[1]" has no key "eventualy".', 'Did you mean "eventually"?'],
    ],
    [
      { expect: [{ never: { calld: { shell: '*' } } }] },
      ['expect/0/never/calld key', '"expect[1].never" has no key "calld".', 'Did you mean "called"?'],
    ],
    [
      { expect: [{ eventually: 'finished' }] },
      [
        'expect/0/eventually',
        '"expect[1].eventually" is "finished"; it must be "done", "answered", "requested", "delegated", "called", "asked", "approved", "refused", "failed", "escalated" or "passed".',
      ],
    ],
    [{ limits: { depth: -1 } }, ['limits/depth', '"limits.depth" is -1; it must be at least 0.']],
    [{ tasks: { schema: {} } }, ['tasks/schema', '"tasks.schema" needs "do".']],
  ],
  target: [
    [
      { target: 'Claude Code' },
      [
        'target',
        '"target" is "Claude Code", and should look like "claude-code".',
        'Target: The name used on the command line; also the name of the folder.',
      ],
    ],
    [
      { carries: { icon: 'lots' } },
      [
        'carries/icon',
        '"carries.icon" is "lots"; it must be "native", "guarded", "prose" or "lost".',
        'Did you mean "lost"?',
      ],
    ],
    [{ carries: { icon: { level: 'lost' } } }, ['carries/icon', '"carries.icon" needs "because".']],
    [{ tools: { read: 'Read' } }, ['tools/read', '"tools.read" must be a list, not "Read".']],
    [
      { emit: [{ for: 'roles', path: 'a.md', template: 'a.hbs' }] },
      ['emit/0/for', '"emit[1].for" is "roles"; it must be "role" or "team".', 'Did you mean "role"?'],
    ],
    [{ limits: { depht: 3 } }, ['limits/depht key', '"limits" has no key "depht".', 'Did you mean "depth"?']],
  ],
};

describe.each(Object.keys(SOUND) as SchemaName[])('in a %s', (name) => {
  test('nothing is said of what fits', () => {
    expect(said(name, SOUND[name])).toEqual([]);
    expect(said(name, { ...SOUND[name], 'x-owner': 'us' })).toEqual([]);
  });

  test.each(MISTAKES[name].map(([mistake, ...sentences]) => [JSON.stringify(mistake), mistake, sentences] as const))(
    'of %s one sentence is said for each mistake',
    (_, mistake, sentences) => {
      expect(said(name, { ...SOUND[name], ...mistake })).toEqual(sentences);
    },
  );

  test('a file that is no map is told so', () => {
    expect(said(name, ['lead'])).toEqual([['', 'This file must be a map, not a list.']]);
  });
});

test('a file that leaves out what it needs is told each key', () => {
  expect(said('team', {})).toEqual([
    ['', 'This file needs "teamc".', 'Write "teamc: 1".'],
    ['', 'This file needs "name".'],
  ]);
});

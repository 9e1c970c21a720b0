import { describe, expect, test } from 'vitest';
import { type Merged, merge, type OwnPart } from '../../src/document/merge/merge.ts';

/** A merge that is expected to work. */
function merged(
  path: string,
  text: string | undefined,
  ours: string | undefined,
  own?: OwnPart,
  untouched = true,
): Merged {
  const result = merge({ path, text, ours, own, untouched });
  if ('mistake' in result) throw new Error(result.mistake);
  return result;
}

const SETTINGS = `{
  // what everybody needs
  "env": { "CI": "1" }, // set by hand
  "permissions": {
    "allow": ["Read"]
  }
}
`;

const OURS = JSON.stringify({
  agent: 'lead',
  permissions: { allow: ['Bash(git *)'], deny: ['Edit'] },
  hooks: { a: 1 },
});

describe('settings in JSON', () => {
  test('get the entries of the team, and keep comments, order and layout', () => {
    expect(merged('settings.json', SETTINGS, OURS).text).toBe(`{
  // what everybody needs
  "env": { "CI": "1" }, // set by hand
  "permissions": {
    "allow": ["Read", "Bash(git *)"],
    "deny": ["Edit"]
  },
  "agent": "lead",
  "hooks": {
    "a": 1
  }
}
`);
  });

  test('are as they were once the team is taken out', () => {
    const { text, own } = merged('settings.json', SETTINGS, OURS);
    expect(merged('settings.json', text, undefined, own).text).toBe(SETTINGS);
    const edited = text?.replace('"CI": "1"', '"CI": "2"');
    expect(merged('settings.json', edited, undefined, own, false).text).toBe(SETTINGS.replace('"1"', '"2"'));
  });

  test('do not change when the same team is built again', () => {
    const first = merged('settings.json', SETTINGS, OURS);
    const second = merged('settings.json', first.text, OURS, first.own);
    expect(second.text).toBe(first.text);
    expect(second.own).toEqual(first.own);
    expect(merged('settings.json', first.text, OURS, first.own, false).text).toBe(first.text);
  });

  test('lose what the team no longer says, and nothing else', () => {
    const { text, own } = merged('settings.json', SETTINGS, OURS);
    const less = JSON.stringify({ permissions: { allow: ['Bash(git *)'] } });
    const expected = `{
  // what everybody needs
  "env": { "CI": "1" }, // set by hand
  "permissions": {
    "allow": ["Read", "Bash(git *)"]
  }
}
`;
    expect(merged('settings.json', text, less, own).text).toBe(expected);
    const edited = text?.replace('set by hand', 'set by me');
    expect(merged('settings.json', edited, less, own, false).text).toBe(expected.replace('set by hand', 'set by me'));
  });

  test.each([
    ['{}', '{\n  "agent": "x"\n}'],
    ['{"a": 1}', '{"a": 1, "agent": "x"}'],
    ['{"a": 1,}', '{"a": 1, "agent": "x",}'],
    ['{\n\t"a": 1 // one\n}\n', '{\n\t"a": 1, // one\n\t"agent": "x"\n}\n'],
    ['{\n\t"a": 1, // one\n}\n', '{\n\t"a": 1, // one\n\t"agent": "x",\n}\n'],
    ['{\r\n  "a": 1\r\n}\r\n', '{\r\n  "a": 1,\r\n  "agent": "x"\r\n}\r\n'],
    ['{ // none yet\n}\n', '{ // none yet\n  "agent": "x"\n}\n'],
    ['{\n  "a": 1 /* one */\n  /* two */\n}', '{\n  "a": 1, /* one */\n  "agent": "x"\n  /* two */\n}'],
    ['// nothing\n', '// nothing\n{\n  "agent": "x"\n}\n'],
  ])('of the form %j take an entry', (before, after) => {
    const { text, own } = merged('settings.json', before, '{"agent": "x"}');
    expect(text).toBe(after);
    expect(merged('settings.json', text, undefined, own).text).toBe(before);
  });

  test('get an item of a list that has no slug beside those of others, and replace it by a newer one', () => {
    const hook = (name: string) => `{ "hooks": { "Pre": [{ "run": "${name}" }] } }`;
    const before = '{\n  "hooks": {\n    "Pre": [{ "run": "mine" }]\n  }\n}\n';
    const { text, own } = merged('settings.json', before, hook('guard'));
    expect(text).toContain('[{ "run": "mine" },\n      {\n');
    expect(merged('settings.json', text, hook('newer'), own).text).toBe(text?.replace('guard', 'newer'));
    expect(merged('settings.json', `${text}\n`, hook('newer'), own, false).text).toBe(
      `${text?.replace('guard', 'newer')}\n`,
    );
    expect(merged('settings.json', `${text}\n`, undefined, own, false).text).toBe(`${before}\n`);
  });

  test('that say something else are in the way', () => {
    const before = '{ "agent": "mine", "$schema": "theirs" }\n';
    const ours = '{ "agent": "lead", "$schema": "ours" }';
    const { text, own, inTheWay } = merged('settings.json', before, ours);
    expect(inTheWay).toEqual([{ path: 'agent', why: 'foreign' }]);
    expect(text).toBe('{ "agent": "lead", "$schema": "theirs" }\n');
    expect(merged('settings.json', text, undefined, own).text).toBe(before);
    expect(merged('settings.json', `${text}\n`, undefined, own, false).text).toBe(`${before}\n`);
    expect(merged('settings.json', text, ours, own).inTheWay).toEqual([]);
    const changed = text?.replace('lead', 'other');
    expect(merged('settings.json', changed, ours, own, false).inTheWay).toEqual([{ path: 'agent', why: 'changed' }]);
  });

  test.each([
    ['{ "a": 1', 'a comma or "}" is missing in line 1, column 9'],
    ['{ "a": 1, "a": 2 }', 'the key "a" stands twice, again in line 1, column 11'],
    ['{ a: 1 }', 'no key in double quotes stands in line 1, column 3'],
    ['[1]', 'it holds a list and no map'],
    ['{ "permissions": "all" }', '"permissions" is a single value, and teamc needs a map there'],
    [`${'['.repeat(100_000)}`, 'values nest deeper than 100 in line 1, column 102'],
  ])('that are broken, such as %.30j, are left alone', (text, mistake) => {
    const column = /column (\d+)$/.exec(mistake)?.[1];
    expect(merge({ path: 'settings.json', text, ours: OURS, untouched: false })).toEqual({
      mistake,
      ...(column === undefined ? {} : { at: Number(column) - 1 }),
    });
  });
});

const MODES = `# our own modes
customModes:
  - slug: mine # the first
    name: Mine
    groups: [read]
  # the end
`;

const TEAM = `customModes:
  - slug: "lead"
    name: "Lead \\u2013 one"
    groups: ["read", ["edit", { "fileRegex": "a" }]]
  - slug: "dev"
    name: "Dev"
    groups: []
`;

/** Nine aliases of nine aliases of nine aliases, and so on. */
const BOMB = Array.from(
  { length: 10 },
  (_, at) =>
    `x${at}: &x${at} [${Array(9)
      .fill(at === 0 ? '1' : `*x${at - 1}`)
      .join(', ')}]\n`,
).join('');

describe('modes in YAML', () => {
  test('get those of the team behind their own', () => {
    const { text, own } = merged('.roomodes', MODES, TEAM);
    expect(text).toBe(`# our own modes
customModes:
  - slug: mine # the first
    name: Mine
    groups: [read]
  - slug: "lead"
    name: "Lead \\u2013 one"
    groups: ["read", ["edit", { "fileRegex": "a" }]]
  - slug: "dev"
    name: "Dev"
    groups: []
  # the end
`);
    expect(merged('.roomodes', text, undefined, own).text).toBe(MODES);
    const edited = text?.replace('the first', 'number one');
    expect(merged('.roomodes', edited, undefined, own, false).text).toBe(MODES.replace('the first', 'number one'));
  });

  test.each([
    ['customModes: []\n', 'customModes: [{ "slug": "a", "size": 1 }]\n'],
    ['customModes:\n', 'customModes:\n  - slug: "a"\n    size: 1\n'],
    ['customModes: # mine\n', 'customModes:\n  - slug: "a"\n    size: 1 # mine\n'],
    ['# none\n', '# none\ncustomModes:\n  - slug: "a"\n    size: 1\n'],
    ['x: |+\n  a\n\n', 'x: |+\n  a\n\ncustomModes:\n  - slug: "a"\n    size: 1\n'],
    [
      'customModes:\n- slug: b\n  t: |\n    x\n\ny: 1',
      'customModes:\n- slug: b\n  t: |\n    x\n- slug: "a"\n  size: 1\n\ny: 1',
    ],
    ['{ "customModes": [] }\n', '{ "customModes": [\n  {\n    "slug": "a",\n    "size": 1\n  }\n] }\n'],
  ])('of the form %j take a mode', (before, after) => {
    const { text, own } = merged('.roomodes', before, 'customModes:\n  - slug: "a"\n    size: 1\n');
    expect(text).toBe(after);
    expect(merged('.roomodes', text, undefined, own).text).toBe(before);
  });

  test('of roles that are gone go, and one that changed is written anew', () => {
    const { text, own } = merged('.roomodes', MODES, TEAM);
    const less = 'customModes:\n  - slug: "lead"\n    name: "Chief"\n    groups: []\n';
    const edited = `${text}# more\n`;
    expect(merged('.roomodes', edited, less, own, false).text).toBe(`# our own modes
customModes:
  - slug: mine # the first
    name: Mine
    groups: [read]
  - slug: "lead"
    name: "Chief"
    groups: []
  # the end
# more
`);
  });

  test('that are all gone leave an empty list where the list is not ours', () => {
    const before = 'customModes:\n  - slug: x\n';
    const { own } = merged('.roomodes', before, TEAM);
    const left = `customModes:\n  # some\n${TEAM.slice(TEAM.indexOf('\n') + 1)}`;
    expect(merged('.roomodes', left, undefined, own, false).text).toBe('customModes:\n  # some\n    []\n');
  });

  test.each([
    ['a: [', /line 1|line 2/],
    ['a: 1\na: 2', /duplicated mapping key in line 2/],
    ['a: 1\n---\nb: 2', /more than one/],
    [BOMB, /it holds more than 100000 values, its aliases written out/],
    ['x: &x [*x]\n', /^"\*x" repeats no value that ends before it, in line 1, column 8$/],
    [`x: ${'['.repeat(100_000)}`, /in line 1/],
    ['x: &x []\ncustomModes: *x\n', /"customModes" is an alias/],
  ])('in a file that cannot be read, %j, are not written', (text, mistake) => {
    const result = merge({ path: '.roomodes', text, ours: TEAM, untouched: false });
    expect(result).toEqual({ mistake: expect.stringMatching(mistake) as unknown });
  });
});

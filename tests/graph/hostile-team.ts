import fc from 'fast-check';

/** Texts that some format reads as its own. */
const HOSTILE = [
  ...['</script><script>alert(1)</script>', '<!--', ']]>', '<img src=x onerror=alert(1)>', '&lt;b&gt; &amp;amp; &#38;'],
  ...[
    'a "quoted" \'name\'',
    'back\\slash\\',
    '\\N \\G \\l',
    'two\nlines\r\nand\ttabs',
    '"]; evil [label="',
    '`*code*` **b**',
  ],
  ...[
    'end',
    'subgraph',
    'style',
    'click',
    'default',
    '1. first',
    '- item',
    '# head',
    '%% comment',
    '%%{init: {}}%%',
    '---',
  ],
  ...[
    '#quot; #35;',
    '{{x}} <%= x %>',
    '\u202eright to left',
    'nul \u0001 and \u2028 lines',
    '💳 Zahlungen äöü 支払い',
    '',
    ' ',
    '\ud800 half',
  ],
  ...['graph', 'o--x', '-->|x|', 'a;b', 'n0', '__proto__', 'constructor', 'javascript:alert(1)', 'x'.repeat(300)],
];

/** Texts of which some format reads parts as its own. */
export const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ maxLength: 12 }),
);
const IDS = [
  'lead',
  'end',
  'a/b',
  'a/b-c',
  'a_b',
  'a-b',
  '0',
  'class',
  'person_x',
  'graph',
  'x',
  'o',
  'style/end',
  'default',
  'A',
];

const edge = fc.record({
  to: fc.nat(),
  kind: fc.nat(5),
  for: text,
  approval: fc.boolean(),
  keywords: fc.array(text, { maxLength: 2 }),
});
const role = fc.record({
  name: fc.option(text),
  department: fc.option(fc.oneof(text, fc.constantFrom('one', 'two'))),
  description: text,
  edges: fc.array(fc.tuple(fc.constantFrom('delegates-to', 'escalates-to', 'reports-to', 'collaborates-with'), edge), {
    maxLength: 4,
  }),
  unknown: text,
});

/** Team files by chance whose names, departments, people and loose ends hold what formats choke on. */
export const hostileTeam: fc.Arbitrary<string> = fc
  .record({ name: text, person: text, roles: fc.array(role, { minLength: 1, maxLength: IDS.length }) })
  .map(({ name, person, roles }) => {
    const ids = IDS.slice(0, roles.length);
    const target = ({ to, kind }: { to: number; kind: number }, unknown: string): object => {
      if (kind === 0) return { person };
      if (kind === 1) return { group: 'all' };
      return { role: kind === 2 ? unknown : ids[to % ids.length]! };
    };
    const definition = {
      teamc: 1,
      name,
      people: { [person]: {} },
      groups: { all: ids },
      entry: ids[0]!,
      roles: Object.fromEntries(
        roles.map(({ edges, unknown, name: title, department, description }, at) => {
          const relations: Record<string, object[]> = {};
          for (const [type, one] of edges) {
            const asked = one.approval && type === 'delegates-to' ? { approval: 'user' } : {};
            relations[type] = [...(relations[type] ?? []), { ...target(one, unknown), for: one.for, ...asked }];
          }
          const named = { ...(title === null ? {} : { name: title }), ...(department === null ? {} : { department }) };
          return [ids[at]!, { ...named, description, tools: ['read', 'shell'], ...relations }];
        }),
      ),
    };
    return JSON.stringify(definition);
  });

import fc from 'fast-check';
import type { RoleDefinition } from '../../src/schema/generated/definitions.ts';
import { EVERYTHING } from '../target/sample.ts';

/** Words that hold what means something in a prompt: what parts items, begins lists, ends sentences, tells conditions. */
const word = fc.constantFrom(
  ...['speed', 'a, b', 'this; that', 'cats or dogs', 'black and white', 'a is b', 'for 2d', '42', 'true', 'none'],
  ...['"quoted"', '"open', 'key: value', 'ends:', 'ends here.', 'coverage above 80%', 'at least 3', 'x at most 4: y'],
  ...['ünïcode', '“curly”', 'a — b', '🎉', '🎉 party', '- item', '1. first', '# heading', '## Tags', '**bold**: text'],
  ...['x (a person)', '(in brackets)', '(open', 'close)', '`code` and *stars*', '\\back\\slash', '{x: [y]}', '[1, 2]'],
  ...['one\ntwo', 'a  b', 'Because: none', 'When: later; Every: 1d', '<!-- comment -->', 'Required', 'yes', 'null'],
  ...['Use for: nothing.', 'Use: it.', 'Use PROACTIVELY.', 'Use it without being asked.', 'Keeps the ledger.'],
);

const texts = fc.array(word, { minLength: 1, maxLength: 4 });
const oneOrMore = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { minLength: 1, maxLength: 3 });
const named = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(word, value, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
const some = <T>(fields: { [key in keyof T]: fc.Arbitrary<T[key]> }, ...required: (keyof T)[]): fc.Arbitrary<T> =>
  fc.record(fields, { requiredKeys: required }) as fc.Arbitrary<T>;

const bound = fc.constantFrom({ 'at-least': '80%' }, { above: 3, below: '4h' }, { 'at-most': 0 });
const label = fc.oneof(word, fc.boolean(), fc.integer(), texts);
const condition = fc.oneof(
  word,
  fc.constantFrom('fraud', 'gate-failed'),
  named(fc.oneof(word, texts)),
  fc.record({ load: bound.map((bounds) => ({ ...bounds, of: 'a b', lasting: '2d' })), type: word }),
);
const when = oneOrMore(condition);
const who = fc.constantFrom(
  'clerk',
  { person: 'treasurer' },
  ['clerk', 'auditor'],
  ['auditor', { person: 'treasurer' }],
);
const step = fc.oneof(
  word,
  some<Record<string, unknown>>(
    {
      do: word,
      for: texts,
      to: who,
      with: who,
      when,
      labels: named(label),
      gate: texts,
      output: texts,
      effort: fc.constantFrom('1h', ['1h', '2h']),
      optional: fc.boolean(),
    },
    'do',
  ),
);
const steps = oneOrMore(step);
const check = fc.oneof(
  word,
  fc.tuple(word, bound, texts).map(([metric, bounds, subject]) => ({ metric, ...bounds, for: subject })),
);
const edge = {
  for: texts,
  when,
  because: word,
  with: who,
  approval: fc.constant('treasurer'),
  gate: texts,
  context: fc.record({ include: texts, exclude: texts }),
  keywords: texts,
  'max-rounds': fc.constant(3),
};

/** Fields of every kind, with texts by chance. */
const changed = some<Record<keyof RoleDefinition, unknown>>({
  name: fc.oneof(word, fc.constantFrom('keeper', 'The Keeper')),
  description: word,
  'when-to-use': fc.oneof(word, texts),
  proactive: fc.boolean(),
  icon: fc.constantFrom('📒', '👩‍💻', '§', '#', 'PM'),
  color: fc.constantFrom('green', 'Grey', 'violet', 'teal', 'beige', '#16A34A', '#abcdef'),
  department: word,
  categories: texts,
  tags: texts,
  version: word,
  model: fc.constantFrom('strong', 'opus', 'anthropic/claude-opus-4-5'),
  temperature: fc.constantFrom(0, 0.2, 1),
  'max-turns': fc.integer({ min: 1, max: 99 }),
  mode: fc.constantFrom('primary', 'subagent', 'all'),
  tools: fc.subarray([
    ...['read', 'search', 'edit', 'shell:git *', 'fetch', 'browser', 'notebook', 'switch-role', 'complete', 'mcp'],
    ...['todo', 'skill', 'ask-user', 'web-search'],
  ]),
  must: oneOrMore(some<Record<string, unknown>>({ do: word, because: word, when, with: who }, 'do')),
  'must-not': oneOrMore(
    some<Record<string, unknown>>({ do: word, because: word, instead: fc.constant('clerk') }, 'do'),
  ),
  'delegates-to': oneOrMore(
    some<Record<string, unknown>>({ role: fc.constantFrom('clerk', 'auditor', ['clerk', 'auditor']), ...edge }, 'role'),
  ),
  delegation: some<Record<string, unknown>>({
    mandatory: fc.boolean(),
    parallel: fc.boolean(),
    depth: fc.integer({ min: 0, max: 3 }),
  }),
  'escalates-to': oneOrMore(
    fc.oneof(
      some<Record<string, unknown>>({ role: fc.constant('chief'), for: texts, when, because: word }, 'role'),
      some<Record<string, unknown>>({ person: fc.constant('treasurer'), for: texts, when, because: word }, 'person'),
    ),
  ),
  accepts: named(texts),
  expertise: named(fc.constantFrom('expert', 'beginner')),
  owns: oneOrMore(
    some<Record<string, unknown>>(
      { path: fc.constantFrom('a/**', 'b c.md'), exclusive: fc.boolean(), for: texts },
      'path',
    ),
  ),
  reads: oneOrMore(
    some<Record<string, unknown>>({ path: fc.constantFrom('a.md', 'b c.md'), when, section: word, for: texts }, 'path'),
  ),
  stack: named(word),
  skills: fc.subarray(['closing', 'a b', 'x, y', '"z"'], { minLength: 1 }),
  'mcp-servers': named(word),
  'quality-gates': named(oneOrMore(check)),
  metrics: named(
    fc.oneof(
      word,
      fc.tuple(bound, texts).map(([bounds, subject]) => ({ ...bounds, for: subject })),
    ),
  ),
  handoff: some<Record<string, unknown>>({ required: texts, optional: texts, fields: named(texts) }, 'required'),
  messages: named(
    some<Record<string, unknown>>({
      for: texts,
      to: who,
      when,
      every: fc.constant('1d'),
      required: texts,
      optional: texts,
      fields: named(texts),
      template: word,
    }),
  ),
  workflow: steps,
  playbooks: named(some<Record<string, unknown>>({ for: texts, when, steps }, 'steps')),
  examples: oneOrMore(some<Record<string, unknown>>({ request: word, tasks: steps }, 'request')),
  mission: word,
  responsibilities: fc.oneof(texts, named(texts)),
  capabilities: fc.oneof(texts, named(texts)),
  priorities: texts,
  standards: fc.oneof(texts, named(texts)),
  decisions: oneOrMore(some<Record<string, unknown>>({ for: texts, choose: word, because: word }, 'choose')),
  instructions: fc.constantFrom(
    'Book first.',
    '## Delegates to\n\n- nobody\n\n## Tags\n\n- none',
    'A\n\n---\n\nB',
    '# Title\n\n- list',
  ),
} as { [key in keyof RoleDefinition]: fc.Arbitrary<unknown> } as never);

/** What a role must say. */
const REQUIRED = { description: 'Keeps the ledger.' };

/** A role with some of everything that a role can say, and with texts that hold what separates texts in a prompt. */
export const randomRole: fc.Arbitrary<RoleDefinition> = fc
  .tuple(fc.subarray(Object.keys(EVERYTHING) as (keyof RoleDefinition)[]), changed)
  .map(
    ([keys, own]): RoleDefinition =>
      ({
        ...REQUIRED,
        ...Object.fromEntries(keys.map((key) => [key, EVERYTHING[key]])),
        ...own,
      }) as RoleDefinition,
  );

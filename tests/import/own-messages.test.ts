import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadText } from '../memory.ts';
import { filesOf, importProject, planFor } from './back.ts';

/** The messages of the only role, after it was built and imported again. */
function back(fields: Readonly<Record<string, string | readonly string[]>>): unknown {
  const { team } = loadText(
    JSON.stringify({
      teamc: 1,
      name: 'post',
      roles: {
        clerk: { description: 'Writes.', tools: [], messages: { status: { to: 'delegator', fields } } },
      },
    }),
  );
  const { loaded } = importProject(filesOf(planFor(team, 'claude-code')));
  return [...loaded.team.roles.values()][0]!.fields.messages;
}

const same = (fields: Readonly<Record<string, string | readonly string[]>>) => ({
  status: { to: 'delegator', fields },
});

test.each([
  [{ state: ['open', 'done (late)'] }],
  [{ 'state (short)': 'one word' }],
  [{ state: 'a, b', note: ['x', 'y, z', '"quoted"'] }],
  [{ cost: ['1,000', '(none)', ')', 'a(b'] }],
])('the fields of a message come back with what stands in parentheses: %j', (fields) => {
  expect(back(fields)).toEqual(same(fields));
});

test('the fields of a message come back whatever their words are', () => {
  const word = fc
    .array(fc.constantFrom('a', 'b', '1', '(', ')', ',', ' ', '"', '\\', ': ', ', '), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join('').replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '');
  const words = fc.oneof(word, fc.array(word, { minLength: 2, maxLength: 3 }));
  fc.assert(
    fc.property(fc.dictionary(word, words, { minKeys: 1, maxKeys: 3, noNullPrototype: true }), (fields) => {
      expect(back(fields)).toEqual(same(fields));
    }),
    { numRuns: 200 },
  );
});

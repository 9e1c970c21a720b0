import {
  array,
  assert,
  constantFrom,
  integer,
  property,
  record,
  shuffledSubarray,
  string,
  tuple,
  uniqueArray,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/import/relations/names.ts';
import { recoverRelations } from '../../src/import/relations/recover.ts';
import { agent, recovered } from '../import/relations/agents.ts';

const runs = 100 * Number(process.env['TEAMC_SOAK'] ?? 1);

/** Names of two parts, of which none is a word that texts below use. */
const names = uniqueArray(
  tuple(
    constantFrom('amber', 'brisk', 'cobalt', 'dune', 'ember', 'fjord'),
    constantFrom('auditor', 'tester', 'planner', 'keeper'),
  ).map((parts) => parts.join('-')),
  { minLength: 3, maxLength: 8, selector: fold },
);

/** How a name may be written, so that it still leads to its agent. */
const SPELLINGS = [
  (name: string) => `\`${name}\``,
  (name: string) => `@${name}`,
  (name: string) => `**${name}**`,
  (name: string) => name,
  (name: string) => `[The one](./${name}.md)`,
  (name: string) => name.replace(/(^|-)(\p{L})/gu, (_, dash, letter) => (dash ? ' ' : '') + letter.toUpperCase()),
] as const;

const PLACES = [
  (name: string) => `## Delegates to\n\n- ${name} - for work\n`,
  (name: string) => `**Escalates To:** ${name}\n`,
  (name: string) => `- **Reports to**: ${name}\n`,
  (name: string) => `| Keywords | Delegate to |\n|---|---|\n| a, b | ${name} |\n`,
  (name: string) => `## Integration with other agents\n\n- ${name}: shares plans\n`,
] as const;

const team = record({
  names,
  written: array(
    record({
      from: integer({ min: 0, max: 7 }),
      to: integer({ min: 0, max: 7 }),
      spelling: constantFrom(...SPELLINGS),
      place: constantFrom(...PLACES),
    }),
    { maxLength: 12 },
  ),
});

function filesOf(
  called: readonly string[],
  written: readonly { from: number; to: number; spelling: (name: string) => string; place: (name: string) => string }[],
) {
  const texts = called.map((_, index) =>
    written
      .filter(({ from }) => from % called.length === index)
      .map(({ to, spelling, place }) => place(spelling(called[to % called.length] as string)))
      .join('\n'),
  );
  return Object.fromEntries(called.map((name, index) => [`${name}.md`, texts[index] as string]));
}

describe('relations in texts', () => {
  test('whoever is renamed is renamed wherever others name it', () => {
    const other = names.map((list) => list.map((name) => `${name.split('-').reverse().join('-')}-zz`));
    assert(
      property(team, other, ({ names: before, written }, pool) => {
        const after = before.map((name, index) => pool[index] ?? `${name}-renamed`);
        if (new Set(after.map(fold)).size < after.length) return;
        const renamed = new Map(before.map((name, index) => [name, after[index] as string]));
        const found = (called: readonly string[], rename: (id: string) => string) =>
          recovered(filesOf(called, written)).relations.map(({ type, source, resolution, confidence }) => [
            type,
            rename(source),
            'id' in resolution ? rename(resolution.id) : resolution,
            confidence,
          ]);
        expect(found(before, (id) => renamed.get(id) as string)).toEqual(found(after, (id) => id));
      }),
      { numRuns: runs },
    );
  });

  test('every relation that is written is found where it stands, and nothing else', () => {
    assert(
      property(team, ({ names: called, written }) => {
        const files = filesOf(called, written);
        const found = recovered(files).relations.map(
          ({ source, resolution }) => `${source} ${'id' in resolution ? resolution.id : '?'}`,
        );
        const wanted = written.flatMap(({ from, to, place }) => {
          const [source, target] = [called[from % called.length], called[to % called.length]];
          const dropped = source === target && (place === PLACES[3] || place === PLACES[4]);
          return dropped ? [] : [`${source} ${target}`];
        });
        expect(found.sort()).toEqual(wanted.sort());
      }),
      { numRuns: runs },
    );
  });

  test('a mention never becomes a relation', () => {
    const sentence = tuple(
      constantFrom(
        'The plan of ',
        '- Note: ',
        '1. ',
        '### About ',
        '> ',
        '',
        '* Read what ',
        'See also ',
        '**Style:** ',
        '| a | ',
      ),
      constantFrom(...SPELLINGS),
      constantFrom(' is old.', ', perhaps', ' wrote it', ' - a word', ': more', ' |', ' → the end', ''),
    );
    assert(
      property(names, array(tuple(sentence, integer({ min: 1, max: 7 })), { maxLength: 10 }), (called, sentences) => {
        const text = sentences
          .map(([[before, spell, after], at]) => before + spell(called[at % called.length] as string) + after)
          .join('\n');
        const files = { 'someone.md': text, ...Object.fromEntries(called.map((name) => [`${name}.md`, ''])) };
        const { relations, mentions } = recovered(files);
        expect(relations).toEqual([]);
        const named = new Set(sentences.map(([, at]) => called[at % called.length] as string));
        for (const { resolution } of mentions) expect(named).toContain(resolution.id);
      }),
      { numRuns: runs },
    );
  });

  test('nothing that a file may hold stops the reading, and every place lies in its text', () => {
    const scraps = constantFrom(
      ...[
        '## Delegates to\n',
        '**Escalates to:** ',
        '- ',
        '`',
        '@',
        '[',
        '](',
        ')',
        '**',
        '|',
        '|---|\n',
        '\n',
        '→',
        '```\n',
        'subagent_type="',
        'Task(',
      ],
      ...[
        'amber-tester',
        'Amber Tester',
        'None',
        ', ',
        ': ',
        '# ',
        '\t',
        '\r\n',
        '\u0000',
        '\ud800',
        '🙂',
        'Level 1: ',
        'Escalate when:\n',
      ],
    );
    assert(
      property(array(scraps, { maxLength: 60 }), string(), (parts, noise) => {
        const text = parts.join('') + noise;
        const from = agent('someone.md', '');
        const place = (start: number, end: number) => ({
          file: 'someone.md',
          pointer: [],
          span: [start, end] as const,
        });
        const { relations, mentions, ladders, conditions } = recoverRelations([
          { ...from, prompt: [{ text, place }] },
          agent('amber-tester.md', ''),
        ]);
        const places = [...relations, ...mentions, ...conditions, ...ladders.flatMap(({ steps }) => steps)].map(
          ({ at }) => at.span,
        );
        for (const span of places) {
          const [start, end] = span as readonly [number, number];
          expect(0 <= start && start < end && end <= text.length).toBe(true);
        }
      }),
      { numRuns: runs * 5 },
    );
  });

  test('any value under any key is read without a stop', () => {
    const keys = constantFrom(
      'delegates_to',
      'tools',
      'permission',
      'dependencies',
      'handoffs',
      'metadata',
      'escalation',
      'agents',
      'x-y',
    );
    assert(
      property(array(tuple(keys, jsonLike())), (entries) => {
        const from = agent('someone.md', '');
        const place = () => ({ file: 'someone.md', pointer: [] });
        recoverRelations([{ ...from, data: Object.fromEntries(entries), place }, agent('amber-tester.md', '')]);
      }),
      { numRuns: runs },
    );
  });
});

function jsonLike() {
  const word = constantFrom('amber-tester', 'x', '', 'a, b', '[a, b', 'Task(x', '*', 'None', 'task', 'deny');
  const scalar = constantFrom<unknown>('amber-tester', 'a, b', null, true, 3, '[]', 'Agent(a, *)');
  const list = array(scalar, { maxLength: 3 });
  const map = array(tuple(word, list), { maxLength: 3 }).map((entries) => Object.fromEntries(entries));
  return tuple(scalar, list, map, shuffledSubarray([0, 1, 2], { minLength: 1 })).map(
    ([a, b, c, [which]]) => [a, b, c][which as number],
  );
}

describe('the time it takes', () => {
  const SIZE = 500_000;
  const LONGEST = 20_000;
  const heads = ['', '## Delegates to\n\n- ', '| Keywords | Delegate to |\n|---|---|\n', 'Escalates to: '];
  const units = [
    ...[
      '@',
      '`',
      '[',
      '*',
      '|',
      '-',
      '(',
      ':',
      '_',
      '"',
      'a',
      '#',
      '\n',
      '\u0301',
      '🙂',
      'a-',
      'a/',
      'A ',
      '- @',
      '[a](',
      'a, ',
    ],
    ...[
      '**a:',
      '→ ',
      '- a\n',
      '| a | b |\n',
      '# escalat\n',
      'Task(',
      'subagent_type',
      '```\n',
      '`a`, ',
      'with a-b ',
      'a--',
    ],
  ];

  test.each(heads)('grows with the text and no faster, whatever stands below %j', (head) => {
    for (const unit of units) {
      const text = head + unit.repeat(Math.ceil(SIZE / unit.length));
      const place = (start: number, end: number) => ({ file: 'someone.md', pointer: [], span: [start, end] as const });
      const started = performance.now();
      recoverRelations([
        { ...agent('someone.md', ''), prompt: [{ text, place }] },
        agent('a.md', ''),
        agent('A b.md', ''),
      ]);
      expect(performance.now() - started, JSON.stringify(unit)).toBeLessThan(LONGEST);
    }
  });

  test('ten thousand agents that name each other are read', () => {
    const many = Array.from({ length: 10_000 }, (_, at) =>
      agent(`worker-${at}.md`, `## Delegates to\n\n- worker-${(at * 7) % 10_000}\n- Worker ${(at * 13) % 10_000}\n`),
    );
    const started = performance.now();
    const { relations } = recoverRelations(many);
    expect(performance.now() - started).toBeLessThan(LONGEST);
    expect(relations.length).toBe(20_000);
    expect(relations.every(({ resolution }) => 'id' in resolution)).toBe(true);
  });
});

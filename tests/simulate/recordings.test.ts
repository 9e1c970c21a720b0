import { describe, expect, test } from 'vitest';
import { Divergence, type Recorded, replayMind } from '../../src/simulate/minds/replay.ts';
import { rulesMind } from '../../src/simulate/minds/rules.ts';
import { play } from '../../src/simulate/play.ts';
import { isRecording, readRecording, recordingText } from '../../src/simulate/recording.ts';
import type { TurnChoice } from '../../src/simulate/turn.ts';
import { worldFrom } from './played.ts';

const TEAM = `
name: shop
entry: lead
roles:
  lead: { description: Leads., tools: [read], delegates-to: dev }
  dev: { description: Works., tools: [edit] }
`;
const SCENARIO = `request: Go
tasks: { a: { do: it, to: dev, effort: [1h, 3h] } }
outcomes: { a: { ok: 60%, red: 40% } }
`;
const world = worldFrom(TEAM, SCENARIO);

/** A recording with one choice, of which something is otherwise. */
const of = (choice: object, head: object = {}): string =>
  [{ teamc: 1, recording: 1, team: 'shop', request: 'Go', target: 'ideal', choices: 1, ...head }, choice]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');

const TURN = { says: 'Yes', does: [], took: 1, tokens: 2, cost: 0 };
const turn = (more: object = {}, heard: unknown = []): string =>
  of({ key: 'task:a/turn:1', pick: { ...TURN, ...more }, heard });

describe('a recording', () => {
  test('is read back as it was written, with what it is of', () => {
    const { picks } = play(world, rulesMind);
    const text = recordingText(world, picks);
    expect(isRecording(text)).toBe(true);
    expect(readRecording(text)).toEqual({
      team: 'shop',
      request: 'Go',
      target: 'ideal',
      live: false,
      choices: [
        { key: 'task:a/try:1/effort', pick: 7_200_000 },
        { key: 'task:a/try:1/outcome', pick: 'ok' },
      ],
    });
    expect(readRecording(recordingText({ ...world, turns: true }, picks))).toMatchObject({ live: true });
    expect(readRecording(`\n \n${text}\t\n\n`)).toEqual(readRecording(text));
  });

  test.each([
    ['', false],
    ['{"recording":2}', false],
    ['[1]', false],
    ['null', false],
    ['"text"', false],
    ['{"recording":1', false],
    ['{"recording":1}\nwhatever', true],
  ])('%j is told from other files by its first line', (text, expected) => {
    expect(isRecording(text)).toBe(expected);
  });

  test.each<readonly string[]>([
    ['', 'its first line is not that of a recording'],
    ['{"recording":2}', 'its first line is not that of a recording'],
    ...['[]', '"text"', '7', 'null', 'true'].flatMap((line) => [
      [line, 'line 1 is no JSON object'],
      [`${of({ key: 'a', pick: 'b' })}${line}\n{}`, 'line 3 is no JSON object'],
    ]),
    [of({ key: 'a', pick: 'b' }).slice(0, -4), 'it is cut off in line 2'],
    [`${of({ key: 'a', pick: 'b' })}{\n{}`, 'line 3 is no JSON object'],
    [of({ key: 'a', pick: 'b' }, { choices: 2 }), 'it has 1 of 2 choices: it was cut off or added to'],
    [of({ key: 1, pick: 'b' }), 'line 2 is no choice'],
    [of({ key: 'a' }), 'line 2 is no choice'],
    [of({ key: 'a', pick: null }), 'line 2 is no choice'],
    [of({ key: 'a', pick: true }), 'line 2 is no choice'],
  ])('that can not be one is told by one sentence: %j', (text, sentence) => {
    expect(readRecording(text)).toBe(sentence);
  });
});

describe('a recorded turn', () => {
  const DEEDS = [
    { kind: 'delegate', to: 'dev', text: 'Go' },
    { kind: 'escalate', to: 'dev', text: 'Help' },
    { kind: 'call', tool: 'shell', argument: 'make' },
    { kind: 'review', task: 'a', passes: true, text: 'so' },
    { kind: 'finish', ok: true, text: 'done' },
    { kind: 'unclear', tool: 'edit', because: 'it is empty' },
  ];
  const HEARD = { deed: -1, ok: true, text: 'Go' };

  test('is one with all that it says', () => {
    expect(readRecording(turn())).toBeTypeOf('object');
    expect(readRecording(turn({ does: DEEDS }, [HEARD]))).toBeTypeOf('object');
    expect(readRecording(turn({ halts: { limit: 'cost', value: 0 } }))).toBeTypeOf('object');
  });

  test('is none where a part of it is missing or of another kind', () => {
    const bad: readonly string[] = [
      ...Object.keys(TURN).flatMap((key) => [turn({ [key]: undefined }), turn({ [key]: {} }), turn({ [key]: null })]),
      ...['took', 'tokens', 'cost'].map((key) => turn({ [key]: -1 })),
      ...DEEDS.flatMap((deed) =>
        Object.keys(deed).flatMap((key) => [
          turn({ does: [{ ...deed, [key]: undefined }] }),
          turn({ does: [{ ...deed, [key]: 7 }] }),
        ]),
      ),
      turn({ does: [DEEDS[0], { ...DEEDS[1], kind: 'toString' }] }),
      turn({ does: [{ ...DEEDS[0], kind: ['delegate'] }] }),
      turn({ does: [{ ...DEEDS[0], kind: undefined }] }),
      turn({ does: 'nothing' }),
      turn({ halts: { limit: 'cost' } }),
      turn({ halts: { limit: 7, value: 1 } }),
      turn({ halts: null }),
      turn({}, null),
      turn({}, [HEARD, null]),
      ...Object.keys(HEARD).map((key) => turn({}, [{ ...HEARD, [key]: undefined }])),
      turn({}, [{ ...HEARD, deed: -2 }]),
    ];
    expect(bad.map((text) => readRecording(text))).toEqual(bad.map(() => 'line 2 is no choice'));
  });
});

describe('a run that is replayed', () => {
  const why = (recorded: readonly Recorded[]): string => {
    try {
      const mind = replayMind(recorded);
      play(world, mind);
      return `${mind.rest()} left`;
    } catch (error) {
      if (error instanceof Divergence) return error.message;
      throw error;
    }
  };
  const effort = (pick: Recorded['pick']): Recorded => ({ key: 'task:a/try:1/effort', pick });
  const outcome = (pick: Recorded['pick']): Recorded => ({ key: 'task:a/try:1/outcome', pick });

  test('takes the answers in their order, up to the bounds of what can be', () => {
    expect(why([effort(3_600_000), outcome('ok')])).toBe('0 left');
    expect(why([effort(10_800_000), outcome('ok'), outcome('ok')])).toBe('1 left');
  });

  test.each<[recorded: readonly Recorded[], sentence: string]>([
    [[], 'The recording ends after 0 choices, and the run asks for "task:a/try:1/effort".'],
    [[effort(3_600_000)], 'The recording ends after 1 choices, and the run asks for "task:a/try:1/outcome".'],
    [
      [outcome('ok'), effort(1)],
      'At choice 1 the run asks for "task:a/try:1/effort", and the recording has "task:a/try:1/outcome"; it comes later there: what happens before it has changed.',
    ],
    [
      [effort(3_600_000), effort(1)],
      'At choice 2 the run asks for "task:a/try:1/outcome", and the recording has "task:a/try:1/effort"; the recording never comes to it: the team or the scenario has changed.',
    ],
    [
      [effort(3_600_000), effort(1), outcome('ok')],
      'At choice 2 the run asks for "task:a/try:1/outcome", and the recording has "task:a/try:1/effort"; it comes later there: what happens before it has changed.',
    ],
    [
      [outcome('ok'), outcome('ok')],
      'At choice 1 the run asks for "task:a/try:1/effort", and the recording has "task:a/try:1/outcome"; the recording never comes to it: the team or the scenario has changed.',
    ],
    [
      [effort(3_599_999)],
      'At "task:a/try:1/effort" the recording has 3599999, which lies outside 3600000 to 10800000 milliseconds.',
    ],
    [
      [effort(10_800_001)],
      'At "task:a/try:1/effort" the recording has 10800001, which lies outside 3600000 to 10800000 milliseconds.',
    ],
    [
      [effort('7200000')],
      'At "task:a/try:1/effort" the recording has 7200000, which lies outside 3600000 to 10800000 milliseconds.',
    ],
    [
      [effort('soon')],
      'At "task:a/try:1/effort" the recording has soon, which lies outside 3600000 to 10800000 milliseconds.',
    ],
    [
      [effort(3_600_000), outcome('blue')],
      'At "task:a/try:1/outcome" the recording has "blue", and now there are only: ok, red.',
    ],
    [[effort({ ...TURN })], 'At "task:a/try:1/effort" the recording has a turn, and now a choice is due.'],
  ])('and differs from %j is told by one sentence', (recorded, sentence) => {
    expect(why(recorded)).toBe(sentence);
  });

  test('is told what a role hears now and did not hear then, or the other way round', () => {
    const heard = (deed: number, ok: boolean, text: string) => ({ deed, ok, text });
    const choice = (...all: readonly ReturnType<typeof heard>[]): TurnChoice => ({
      key: 'k',
      task: 'a',
      role: 'dev',
      heard: all,
    });
    const told = (now: TurnChoice, before: Recorded['heard']): string => {
      try {
        replayMind([{ key: 'k', pick: TURN, ...(before ? { heard: before } : {}) }]).turn(now);
        return 'the same';
      } catch (error) {
        return (error as Error).message.replace(': the team or the scenario has changed.', '');
      }
    };
    const [go, stop] = [heard(0, true, 'Go'), heard(1, true, 'Stop')];
    expect(told(choice(go, stop), [go, stop])).toBe('the same');
    expect(told(choice(), undefined)).toBe('the same');
    expect(told(choice(go), [{ ...go, ok: false }])).toBe('At "k" dev hears "Go", and in the recording it heard "Go"');
    expect(told(choice(go), [{ ...go, deed: 4 }])).toContain('hears "Go"');
    expect(told(choice(go, stop), [go])).toBe('At "k" dev hears "Stop", and in the recording it heard nothing more');
    expect(told(choice(go), [go, stop])).toBe('At "k" dev hears nothing more, and in the recording it heard "Stop"');
  });
});

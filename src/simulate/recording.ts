import type { Recorded } from './minds/replay.ts';
import type { Deed } from './turn.ts';
import type { World } from './world.ts';

/** A run's choices, and which run they are of. */
export interface Recording {
  readonly team: string;
  readonly request: string;
  readonly target: string;
  /** Whether roles decided for themselves. */
  readonly live: boolean;
  readonly choices: readonly Recorded[];
}

/** A recording as text: a line that says what it is of, then a line for each choice. */
export function recordingText({ team, scenario, rules, turns }: World, choices: readonly Recorded[]): string {
  const head = {
    teamc: 1,
    recording: 1,
    team: team.name,
    request: scenario.request.text,
    target: rules.target,
    ...(turns ? { live: true } : {}),
    choices: choices.length,
  };
  return [head, ...choices].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Whether a text begins as recordings do, however it goes on. */
export function isRecording(text: string): boolean {
  return parse(text.split('\n', 1)[0]!)?.['recording'] === 1;
}

/** Reads a recording back; a text says why it can't be one. */
export function readRecording(text: string): Recording | string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const parsed = lines.map(parse);
  const wrong = parsed.indexOf(undefined);
  if (wrong !== -1)
    return wrong === lines.length - 1 && wrong > 0
      ? `it is cut off in line ${wrong + 1}`
      : `line ${wrong + 1} is no JSON object`;
  const [head, ...choices] = parsed as readonly Readonly<Record<string, unknown>>[];
  if (head?.['recording'] !== 1) return 'its first line is not that of a recording';
  const odd = choices.findIndex(({ key, pick, heard }) => typeof key !== 'string' || !isPick(pick, heard));
  if (odd !== -1) return `line ${odd + 2} is no choice`;
  const promised = Number(head['choices']);
  if (choices.length !== promised) return `it has ${choices.length} of ${promised} choices: it was cut off or added to`;
  return {
    team: String(head['team']),
    request: String(head['request']),
    target: String(head['target']),
    live: head['live'] === true,
    choices: choices as unknown as readonly Recorded[],
  };
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

type Shape = 'string' | 'number' | 'boolean';

const TURN: Readonly<Record<string, Shape>> = { says: 'string', took: 'number', tokens: 'number', cost: 'number' };

/** What each kind of deed says. */
const DEEDS: Readonly<Record<Deed['kind'], Readonly<Record<string, Shape>>>> = {
  delegate: { to: 'string', text: 'string' },
  escalate: { to: 'string', text: 'string' },
  call: { tool: 'string', argument: 'string' },
  review: { task: 'string', passes: 'boolean', text: 'string' },
  finish: { ok: 'boolean', text: 'string' },
  unclear: { tool: 'string', because: 'string' },
};

function isPick(pick: unknown, heard: unknown): boolean {
  if (typeof pick === 'string' || typeof pick === 'number') return true;
  return isShaped(pick, TURN) && isListOf(pick['does'], isDeed) && isListOf(heard, isHeard) && isHalt(pick['halts']);
}

function isDeed(value: unknown): boolean {
  const kind = isShaped(value, { kind: 'string' }) ? String(value['kind']) : '';
  return Object.hasOwn(DEEDS, kind) && isShaped(value, DEEDS[kind as Deed['kind']]);
}

function isHeard(value: unknown): boolean {
  return isShaped(value, { deed: 'number', ok: 'boolean', text: 'string' });
}

function isHalt(value: unknown): boolean {
  return value === undefined || isShaped(value, { limit: 'string', value: 'number' });
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isShaped(value: unknown, shape: Readonly<Record<string, Shape>>): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const own = value as Readonly<Record<string, unknown>>;
  return Object.entries(shape).every(
    ([name, type]) =>
      typeof own[name] === type &&
      (type !== 'number' || (Number.isFinite(own[name]) && Number(own[name]) >= (name === 'deed' ? -1 : 0))),
  );
}

import type { Recorded } from './minds/replay.ts';
import type { World } from './world.ts';

/** A run's choices, and which run they are of. */
export interface Recording {
  readonly team: string;
  readonly request: string;
  readonly target: string;
  readonly choices: readonly Recorded[];
}

/** A recording as text: a line that says what it is of, then a line for each choice. */
export function recordingText({ team, scenario, rules }: World, choices: readonly Recorded[]): string {
  const head = {
    teamc: 1,
    recording: 1,
    team: team.name,
    request: scenario.request.text,
    target: rules.target,
    choices: choices.length,
  };
  return [head, ...choices].map((line) => `${JSON.stringify(line)}\n`).join('');
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
  const odd = choices.findIndex(
    ({ key, pick }) => typeof key !== 'string' || (typeof pick !== 'string' && typeof pick !== 'number'),
  );
  if (odd !== -1) return `line ${odd + 2} is no choice`;
  const promised = Number(head['choices']);
  if (choices.length !== promised) return `it has ${choices.length} of ${promised} choices: it was cut off or added to`;
  return {
    team: String(head['team']),
    request: String(head['request']),
    target: String(head['target']),
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

import { joined, type Sample } from '../../simulate/sample.ts';
import type { Sampled, SampledRuns } from './simulate-sample.ts';

/** One part of many runs, for each scenario: what a machine of several has played. */
export interface Part {
  readonly number: number;
  readonly of: number;
  /** How many runs all parts have together. */
  readonly runs: number;
  /** Names the content of the team and the scenarios, and the version of what played. */
  readonly sources: string;
  readonly version: string;
  readonly samples: readonly SampledRuns[];
}

/** The runs of a part, both ends included. */
export function spanOf({ number, of, runs }: Pick<Part, 'number' | 'of' | 'runs'>): {
  readonly from: number;
  readonly to: number;
} {
  return { from: Math.floor(((number - 1) * runs) / of) + 1, to: Math.floor((number * runs) / of) };
}

/** A part as the text of a file. */
export function partText(part: Part): string {
  return `${JSON.stringify({ teamc: 1, part })}\n`;
}

/** Reads a part back; a text says why it can't be one. */
export function readPart(text: string): Part | string {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return text.startsWith('{"teamc":1,"part":') ? 'it is cut off' : 'it is no JSON';
  }
  const part = isMap(found) && found['teamc'] === 1 ? found['part'] : undefined;
  if (!isPart(part)) return 'it is no part of many runs';
  const { from, to } = spanOf(part);
  const isWhole = part.samples.every(({ sample }) => sample.runs === to - from + 1);
  return isWhole ? part : `it does not have the ${to - from + 1} runs of part ${part.number} of ${part.of}`;
}

/** Parts with the names of their files. */
export type NamedPart = readonly [name: string, part: Part];

/** Joins the parts to what all runs come to; a text says what is missing or doesn't belong together. */
export function joinParts(parts: readonly NamedPart[]): readonly SampledRuns[] | string {
  const [first, ...more] = parts;
  if (!first) return 'there is no part.';
  for (const other of more) {
    const difference = differenceOf(first, other);
    if (difference !== undefined) return `"${other[0]}" does not belong to "${first[0]}": ${difference}.`;
  }
  const byNumber = new Map<number, string>();
  for (const [name, { number, of }] of parts) {
    const same = byNumber.get(number);
    if (same !== undefined) return `"${same}" and "${name}" are both part ${number} of ${of}.`;
    byNumber.set(number, name);
  }
  const { of } = first[1];
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((number) => !byNumber.has(number));
  if (missing.length > 0)
    return `${missing.length === 1 ? 'part' : 'parts'} ${missing.slice(0, SHOWN).join(', ')}${missing.length > SHOWN ? ', …' : ''} of ${of} ${missing.length === 1 ? 'is' : 'are'} missing.`;
  return first[1].samples.map(({ of: what }, at) => ({
    of: what,
    sample: joined(parts.map(([, { samples }]) => samples[at]!.sample)),
  }));
}

const SHOWN = 10;

function differenceOf([, one]: NamedPart, [, other]: NamedPart): string | undefined {
  const [a, b] = [one.samples.map(({ of }) => of), other.samples.map(({ of }) => of)];
  const differs = (key: keyof Sampled): boolean => a.some((each, at) => each[key] !== b[at]?.[key]);
  if (one.version !== other.version) return `it was played by teamc ${other.version}, and the other by ${one.version}`;
  if (a.length !== b.length) return 'it is of other scenarios';
  if (differs('team')) return 'it is of another team';
  if (differs('seed')) return 'it is of another seed';
  if (differs('target')) return 'it is under the rules of another target';
  if (differs('request') || differs('name')) return 'it is of another scenario';
  if (one.runs !== other.runs || one.of !== other.of)
    return `it is one of ${other.of} parts of ${other.runs} runs, and the other one of ${one.of} parts of ${one.runs}`;
  if (one.sources !== other.sources) return 'the team or the scenario was changed in between';
  return JSON.stringify(a) === JSON.stringify(b) ? undefined : 'it was asked for otherwise';
}

type Data = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isListOf =
  (isItem: (item: unknown) => boolean, length?: number) =>
  (value: unknown): boolean =>
    Array.isArray(value) && (length === undefined || value.length === length) && value.every(isItem);
const isShaped =
  (shape: Readonly<Record<string, (value: unknown) => boolean>>) =>
  (value: unknown): value is Data =>
    isMap(value) && Object.entries(shape).every(([key, isRight]) => isRight(value[key]));

function isPart(value: unknown): value is Part {
  const shape = { number: isCount, of: isCount, runs: isCount, sources: isText, version: isText };
  if (!isShaped({ ...shape, samples: isListOf(isSampledRuns) })(value)) return false;
  const { number, of } = value as unknown as Part;
  return number >= 1 && number <= of && of <= 10_000 && (value as unknown as Part).samples.length > 0;
}

function isSampledRuns(value: unknown): boolean {
  if (!isShaped({ of: isSampled, sample: isMap })(value)) return false;
  const { of, sample } = value as unknown as SampledRuns;
  return isSample(sample, of);
}

const KINDS = ['never', 'eventually', 'count', 'share', 'utilization'];
const BOUNDS = ['at-least', 'at-most', 'above', 'below'];

function isSampled(value: unknown): boolean {
  const isBound = (bound: unknown): boolean =>
    Array.isArray(bound) && bound.length === 2 && BOUNDS.includes(bound[0]) && typeof bound[1] === 'number';
  const isClaim = isShaped({
    name: isText,
    kind: (kind) => KINDS.includes(String(kind)),
    bounds: isListOf(isBound),
    confidence: isNumber,
  });
  const texts = { team: isText, target: isText, request: isText, seed: isText, replay: isText };
  const isName = (name: unknown): boolean => name === undefined || isText(name);
  return isShaped({ ...texts, name: isName, roles: isListOf(isText), expectations: isListOf(isClaim) })(value);
}

function isSample(value: unknown, { roles, expectations }: Sampled): value is Sample {
  const isSeen = isListOf(isShaped({ text: isText, runs: isCount, first: isCount }));
  const isShortest = (each: unknown): boolean =>
    each === undefined || isShaped({ run: isCount, events: isCount })(each);
  const isTally = isShaped({
    kept: isCount,
    broken: isCount,
    open: isCount,
    sum: isCount,
    squares: isCount,
    shortest: isShortest,
  });
  const runs = isMap(value) ? Number(value['runs']) : 0;
  return isShaped({
    runs: isCount,
    events: isCount,
    outcomes: isSeen,
    times: isListOf(isNumber, runs),
    costs: isListOf(isNumber, runs),
    tallies: isListOf(isTally, expectations.length),
    used: isListOf(isCount, roles.length),
    chains: isSeen,
  })(value);
}

import { constructFromEvents, EVENT_ID, type Event, YAMLException } from 'js-yaml';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Place } from '../../text/place.ts';
import type { Source } from '../../text/source.ts';
import { lineEnd } from '../cut-off.ts';
import { type Document, MAX_FILE_SIZE, MAX_PROBLEMS, type Range } from '../document.ts';
import { locate } from '../locate.ts';
import { problem, spot } from '../problem.ts';
import { judge } from './dialect.ts';
import { type Node, nodesOf } from './nodes.ts';
import { isOrdinary } from './ordinary.ts';
import { readPlainly } from './plain-yaml.ts';
import { attempt, recover } from './recover.ts';

/** Reads a YAML file whose root is a map; with `any`, a list or a single value will do as well. */
export function readYaml(source: Source, root: 'map' | 'any' = 'map'): Document {
  const { path, text } = source;
  const reading = parseYaml(source, [0, text.length], { what: 'The file', root });
  const document: Document = {
    path,
    text,
    kind: 'yaml',
    data: reading.data,
    problems: reading.problems,
    range: (place) => place.span ?? reading.locate(place) ?? [0, 0],
    origin: (place) => ({ document, place }),
  };
  return document;
}

/** YAML that stands in a part of a file, read. */
export interface Reading {
  readonly data: unknown;
  readonly problems: readonly Diagnostic[];
  /** Where a value or key stands in the file; undefined when the YAML could not be read. The first look-up parses once more. */
  locate(place: Pick<Place, 'pointer' | 'on'>): Range | undefined;
}

/** What is read, in the words of an author, and what its root must be. */
export interface Expectation {
  readonly what: 'The file' | 'The front matter';
  readonly root: 'map' | 'any';
}

/** Reads the YAML in a part of a file. Never throws, and makes data whenever some can be made. */
export function parseYaml(source: Source, range: Range, expected: Expectation): Reading {
  const [start, end] = range;
  const written = source.text.slice(start, end);
  if (written.length > MAX_FILE_SIZE) return unread(problem(spot(source.path, [0, 0]), tooLarge(written.length)));
  const plain = readPlainly(written);
  if (plain) return { data: plain, problems: [], locate: locator(written, start) };
  const read = attempt(written);
  const { text, events, problems, broken } = Array.isArray(read)
    ? { text: written, events: read, problems: [], broken: false }
    : recover(source, range);
  if (!events) return unread(...problems);
  const reading = broken || !isOrdinary(text, events) ? undefined : construct(text, events, false);
  if (reading) return { data: reading.data, problems, locate: locator(text, start) };
  return scrutinize({ source, text, start, events, expected, broken }, problems);
}

/** Says that a file is over the limit; `size` is in bytes or UTF-16 units. */
export function tooLarge(size: number): string {
  return `The file has ${size} bytes, and teamc reads at most ${MAX_FILE_SIZE}.`;
}

function unread(...problems: Diagnostic[]): Reading {
  return { data: undefined, problems, locate: () => undefined };
}

interface Suspect {
  readonly source: Source;
  /** The YAML that can be read: what is written, but for what was crossed out. */
  readonly text: string;
  /** Where it begins in the file. */
  readonly start: number;
  readonly events: readonly Event[];
  readonly expected: Expectation;
  readonly broken: boolean;
}

/** Looks at everything in a text that isn't plainly ordinary. */
function scrutinize(suspect: Suspect, told: readonly Diagnostic[]): Reading {
  const { source, text, start, events, expected, broken } = suspect;
  const [root, ...others] = nodesOf(text, events, start);
  const shape = rootProblem(suspect, root, others.length > 0);
  if (!root || shape) return { ...unread(...told, ...(shape ? [shape] : [])), locate: locator(text, start) };
  const { problems, sound } = judge(source, root, anchorsOf(text, events));
  const all = [...told, ...problems];
  const result = broken || !sound ? undefined : construct(text, events, true);
  if (!result && all.length === 0) all.push(unmade(source, root, expected));
  return { data: result?.data, problems: inOrder(source, root, all), locate: locator(text, start) };
}

/** The first problems of a file as they stand in it; what is left out is said. */
function inOrder({ path }: Source, root: Node, problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const more = problems.length - MAX_PROBLEMS;
  const told = problems
    .slice(0, MAX_PROBLEMS)
    .map((found) => ({ found, offset: (found.at.span ?? locate(root, found.at))[0] }));
  const ordered = told.toSorted((a, b) => a.offset - b.offset).map(({ found }) => found);
  if (more <= 0) return ordered;
  const rest = `The file has ${more} more problems, which are left out here.`;
  return [...ordered, problem(spot(path, [root.start, root.start]), rest, { severity: 'info' })];
}

/** The one thing that is wrong with a text as a whole. */
function rootProblem({ source, text, start, expected }: Suspect, root: Node | undefined, several: boolean) {
  const { what } = expected;
  const place = (from: number, to: number) => spot(source.path, [from, to]);
  if (!root || (root.kind === 'scalar' && root.style === 'plain' && root.text === '')) {
    if (what === 'The front matter') return undefined;
    const holds = text.trim() === '' ? 'is empty' : 'holds nothing but comments';
    return problem(place(0, 0), `${what} ${holds}.`, { help: 'Write at least one `key: value`, or remove the file.' });
  }
  if (several) {
    const separator = /^(?:---|\.\.\.)/m.exec(text.slice(root.end - start))?.index ?? 0;
    return problem(
      place(root.end + separator, root.end + separator + 3),
      `${what} holds more than one YAML document.`,
      {
        help: 'Move what follows this line to a file of its own.',
      },
    );
  }
  if (root.kind === 'map' || expected.root === 'any') return undefined;
  const is = root.kind === 'list' ? 'a list' : 'a single value';
  return problem(place(root.start, lineEnd(source.text, root.start)), `${what} should be a map, and it is ${is}.`, {
    help: 'Write it as `key: value` lines.',
  });
}

function unmade(source: Source, root: Node, { what }: Expectation): Diagnostic {
  const at = spot(source.path, [root.start, lineEnd(source.text, root.start)]);
  return problem(at, `${what} has a value whose tag doesn't fit it.`, {
    help: 'Remove the tags that begin with `!!`.',
  });
}

/** The data of the only document; undefined when js-yaml can't make it. Of duplicate keys the last wins if `json`. */
function construct(text: string, events: readonly Event[], json: boolean): { readonly data: unknown } | undefined {
  try {
    return { data: constructFromEvents(events as Event[], { source: text, json })[0] };
  } catch (error) {
    if (error instanceof YAMLException) return undefined;
    throw error;
  }
}

function locator(text: string, start: number): Reading['locate'] {
  let root: Node | undefined;
  return (place) => {
    const events = root ?? attempt(text);
    root ??= Array.isArray(events) ? nodesOf(text, events, start)[0] : undefined;
    return root && locate(root, place);
  };
}

function anchorsOf(text: string, events: readonly Event[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const event of events)
    if (event.type !== EVENT_ID.ALIAS && 'anchorStart' in event && event.anchorStart >= 0)
      names.add(text.slice(event.anchorStart, event.anchorEnd));
  return names;
}

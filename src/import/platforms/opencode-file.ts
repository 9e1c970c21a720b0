import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import { type AgentFile, passageOf, promptOf } from '../agent-file.ts';
import type { ReadFile } from '../files.ts';
import type { FoundAgent, Passage } from '../found.ts';
import { span } from '../tell.ts';
import { opencodeFieldProblems } from './opencode-checks.ts';
import { opencodeFileProblems, opencodeView } from './opencode-front-matter.ts';
import type { OpencodePart } from './opencode-merge.ts';

/** What a file says of an agent: as opencode reads it, or as its author meant it where opencode reads no front matter. */
export function filePart(
  read: AgentFile,
  { dialect, inner }: ReadFile,
  inherited: Readonly<Record<string, unknown>>,
): OpencodePart {
  const { source, header } = read;
  const view = opencodeView(source.text);
  const own = 'data' in view ? (withoutDates(view.data) as FoundAgent['data']) : (header?.data ?? {});
  const data: FoundAgent['data'] = dialect === 'legacy-mode' ? { ...own, mode: 'primary' } : own;
  const { name } = data;
  return {
    called: typeof name === 'string' || name === null ? String(name) : inner.replace(/\.[^./]+$/, ''),
    speaks: true,
    platform: 'opencode',
    file: source.path,
    data,
    inherited,
    place: (pointer, on) => (header ? span(source.path, header.locate(pointer, on)) : span(source.path, [0, 0])),
    ...(header ? { header: passageOf(source, header.range) } : {}),
    prompt: !header && 'data' in view ? bodyOf(source, view.body) : promptOf(read),
  };
}

/** What there is to tell of a file and its fields; of a file that opencode does not read no field means anything. */
export function fileProblems(read: AgentFile, agent: FoundAgent): readonly Diagnostic[] {
  const view = opencodeView(read.source.text);
  const fields =
    'data' in view ? opencodeFieldProblems({ ...agent, data: { ...agent.data, ...datesIn(view.data) } }) : [];
  return [...opencodeFileProblems(read, agent, view), ...fields];
}

/** The fields that are dates to opencode, which takes none. */
function datesIn(data: FoundAgent['data']): FoundAgent['data'] {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value instanceof Date));
}

/** Values with dates as they are written. */
function withoutDates(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '');
  if (Array.isArray(value)) return value.map(withoutDates);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, withoutDates(below)]));
}

/** The text below front matter that only opencode takes for some. */
function bodyOf(source: Source, body: string): readonly Passage[] {
  const start = source.text.length - body.length;
  const lead = body.length - body.trimStart().length;
  return body.trim() === '' ? [] : [passageOf(source, [start + lead, start + body.trimEnd().length])];
}

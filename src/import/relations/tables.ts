import { trimmedEnd } from '../../text/trim.ts';
import type { Passage } from '../found.ts';
import { type Meaning, meaningOfLabel } from './labels.ts';
import type { Line } from './lines.ts';
import type { Names } from './names.ts';
import type { Relation, RelationType } from './relation.ts';
import { listedTargets } from './targets.ts';

type Cell = readonly [start: number, end: number];

/** A table, read for the agents that its rows lead to. */
export interface Table {
  /** The index of its last line. */
  readonly last: number;
  relations(source: string, passage: Passage, names: Names, over: Over | undefined): Relation[];
}

interface Over {
  readonly label: string;
  readonly meaning: Meaning | undefined;
}

/** The table that begins at a line, if a row of dashes follows it. */
export function tableAt(text: string, lines: readonly Line[], first: number): Table | undefined {
  const rule = lines[first + 1];
  if (rule?.kind !== 'row' || !/^[|\s:-]{3,}$/.test(text.slice(rule.start, Math.min(rule.end, rule.start + 400))))
    return undefined;
  let last = first + 1;
  while (lines[last + 1]?.kind === 'row') last++;
  const header = cellsOf(text, lines[first] as Line).map((cell) => plain(text, cell));
  const rows = lines.slice(first + 2, last + 1).map((line) => cellsOf(text, line));
  return {
    last,
    relations(source, passage, names, over) {
      const columns = columnsOf(header, over);
      return rows.flatMap((row) => relationsOfRow(row, columns, { source, passage, names, header }));
    },
  };
}

interface Column {
  readonly index: number;
  readonly meaning: Meaning;
  readonly evidence: string;
}

interface Columns {
  readonly targets: readonly Column[];
  /** The column that says whose relations a row gives, in a table about many agents. */
  readonly source?: number;
  readonly keywords?: number;
  readonly words: boolean;
  readonly note?: number;
}

const AGENTS =
  /\b(?:sub-?)?(?:agents?|specialists?|modes?|experts?|delegates?|handlers?|workers?|subagents?|personas?)\b/i;
const ASKED =
  /\b(?:keywords?|triggers?|when|if|conditions?|requests?|tasks?|signals?|scenarios?|situations?|questions?|issues?|needs?|patterns?|domains?|topics?|areas?|types?|technolog(?:y|ies)|use cases?|intents?)\b/i;

function columnsOf(header: readonly string[], over: Over | undefined): Columns {
  const own = header.flatMap((name, index): Column[] => {
    const meaning = verbOf(name);
    return meaning ? [{ index, meaning, evidence: name }] : [];
  });
  const named = header.findIndex((name, index) => AGENTS.test(name) && !own.some((column) => column.index === index));
  const from = header.findIndex((name) => /^(?:from|source|delegator)$/i.test(name));
  const source = from !== -1 ? from : own.length > 0 ? named : -1;
  const asked = header.findIndex(
    (name, index) =>
      ASKED.test(name) && index !== source && !own.some((column) => column.index === index) && index !== named,
  );
  const words = asked !== -1 && /\b(?:keywords?|triggers?|terms?)\b/i.test(header[asked] as string);
  const shared = { ...(asked === -1 ? {} : { keywords: asked }), words };
  if (own.length > 0) return { targets: own, ...shared, ...(source === -1 ? {} : { source }) };
  if (named === -1 || named === asked) return { targets: [], ...shared };
  const meaning =
    over?.meaning ??
    (asked !== -1 && ROUTES.test(header[asked] as string)
      ? { type: 'delegates-to' as const, strong: false }
      : undefined);
  if (!meaning) return { targets: [], ...shared };
  return {
    targets: [{ index: named, meaning, evidence: over?.meaning ? over.label : (header[named] as string) }],
    ...shared,
  };
}

/** A column beside the agents that says which requests lead to them. */
const ROUTES = /\b(?:keywords?|triggers?|when|if|requests?|intents?|signals?)\b/i;

/** A header that says what is done with the agents below it: "Invoke this specialist", "Delegate to", "Escalates to". */
function verbOf(name: string): Meaning | undefined {
  const label = meaningOfLabel(name);
  if (label?.strong) return label;
  const verb = /\b(delegate|invoke|route|assign|dispatch|use|call|spawn|escalate|consult|hand(?:s)?[ -]?off)\b/i
    .exec(name)?.[1]
    ?.toLowerCase();
  if (!verb || /\b(?:when|if|cases?|skills?|commands?|tools?|workflows?|servers?)\b/i.test(name)) return undefined;
  if (verb !== 'delegate' && !AGENTS.test(name) && !/\bto\b/i.test(name)) return undefined;
  return { type: TYPES[verb.slice(0, 4)] ?? 'delegates-to', strong: true };
}

const TYPES: Record<string, RelationType> = { esca: 'escalates-to', cons: 'collaborates-with', hand: 'hands-off-to' };

interface Around {
  readonly source: string;
  readonly passage: Passage;
  readonly names: Names;
  readonly header: readonly string[];
}

function relationsOfRow(row: readonly Cell[], columns: Columns, { source, passage, names }: Around): Relation[] {
  const { text } = passage;
  const owner = columns.source === undefined ? source : ownerOf(row[columns.source], passage, names);
  if (owner === undefined) return [];
  const said = columns.keywords === undefined ? undefined : row[columns.keywords];
  const about = said === undefined ? '' : plain(text, said);
  return columns.targets.flatMap(({ index, meaning, evidence }) => {
    const cell = row[index];
    if (!cell) return [];
    return listedTargets(text, ...cell, names, meaning.strong ? 'words' : 'roles')
      .filter(({ resolution }) => !('id' in resolution) || resolution.id !== owner)
      .map(
        (target): Relation => ({
          type: meaning.type,
          source: owner,
          target: target.written,
          resolution: target.resolution,
          at: passage.place(target.start, target.end),
          pattern: 'table',
          evidence,
          confidence: meaning.strong ? 'certain' : 'likely',
          ...(about === '' ? {} : columns.words ? { keywords: keywordsOf(about) } : { for: about }),
        }),
      );
  });
}

function ownerOf(cell: Cell | undefined, passage: Passage, names: Names): string | undefined {
  const found = cell && listedTargets(passage.text, ...cell, names, 'roles');
  const resolution = found?.length === 1 ? found[0]?.resolution : undefined;
  return resolution && 'id' in resolution ? resolution.id : undefined;
}

function keywordsOf(cell: string): string[] {
  return cell
    .split(/[,;、，]/)
    .map((word) => trimmedEnd(word.trim().replace(/^["'“”]+/, ''), `"'“”`))
    .filter((word) => word !== '');
}

/** The cells of a row, at bars that are neither escaped nor inside back-ticks. */
function cellsOf(text: string, { start, end }: Line): Cell[] {
  const cells: Cell[] = [];
  let code = false;
  let from = start + 1;
  for (let at = start + 1; at < end && cells.length < 50; at++) {
    const unit = text[at];
    if (unit === '`') code = !code;
    else if (unit === '|' && !code && text[at - 1] !== '\\') {
      cells.push(trimmed(text, from, at));
      from = at + 1;
    }
  }
  if (from < end) cells.push(trimmed(text, from, end));
  return cells;
}

function trimmed(text: string, from: number, to: number): Cell {
  let [start, end] = [from, to];
  while (start < end && /\s/.test(text[start] as string)) start++;
  while (end > start && /\s/.test(text[end - 1] as string)) end--;
  return [start, end];
}

function plain(text: string, [start, end]: Cell): string {
  const cell = text.slice(start, Math.min(end, start + 1000));
  return cell.replaceAll('\\|', '|').replace(/[*`]/g, '').trim();
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The words of the lists for the types of relations. */
const TYPES = {
  delegates: 'delegates-to',
  reports: 'reports-to',
  escalates: 'escalates-to',
  escfrom: 'escalates-from',
  receives: 'receives-from',
  collaborates: 'collaborates-with',
};

/** The least share of what was found that is right, and of what is right that was found. */
const [PRECISION, RECALL] = [0.95, 0.9];

const VERDICTS = JSON.parse(readFileSync(new URL('verdicts.json', import.meta.url), 'utf8'));

/** The list that was made of a collection, if there is one. */
export function goldOf(folder, name) {
  const file = join(folder, 'gold', `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * Compares what was found with a list. Where they disagree, one of them is wrong; `verdicts.json` says which, with the
 * reason. A disagreement without a verdict counts against what was found.
 */
export function compareWithGold({ corpus, edges }, { relations }) {
  const verdicts = VERDICTS[corpus] ?? [];
  const types = new Set(edges.map(({ type }) => TYPES[type]));
  const listed = new Set(edges.map((edge) => keyOf({ ...edge, type: TYPES[edge.type] })));
  const found = new Map(relations.filter(({ type }) => types.has(type)).map((relation) => [keyOf(relation), relation]));
  const missing = [...listed].filter((key) => !found.has(key)).map((key) => judged(key, verdicts));
  const extra = [...found.keys()].filter((key) => !listed.has(key)).map((key) => judged(key, verdicts));
  const hits = listed.size - missing.length;
  const right = hits + extra.filter(({ verdict }) => verdict?.right === 'found').length;
  const wrong = extra.filter(({ verdict }) => verdict?.right !== 'found').length;
  const lost = missing.filter(({ verdict }) => verdict?.right !== 'found').length;
  const score = { precision: ratio(right, right + wrong), recall: ratio(right, right + lost) };
  return {
    corpus,
    listed: listed.size,
    found: found.size,
    hits,
    raw: { precision: ratio(hits, found.size), recall: ratio(hits, listed.size) },
    ...score,
    disagreements: [
      ...missing.map((one) => ({ ...one, side: 'missing' })),
      ...extra.map((one) => ({ ...one, side: 'extra' })),
    ],
    failures: [
      ...(score.precision < PRECISION
        ? [`${corpus}: precision ${score.precision.toFixed(3)} is below ${PRECISION}`]
        : []),
      ...(score.recall < RECALL ? [`${corpus}: recall ${score.recall.toFixed(3)} is below ${RECALL}`] : []),
    ],
  };
}

function keyOf({ file, line, type, target }) {
  return `${file}:${line} ${type} ${target}`;
}

/** The verdict over a disagreement: on one file's lines and type, and where it says so on one target. */
function judged(key, verdicts) {
  const [, file, line, type, target] = /^(.*):(\d+) (\S+) (.*)$/.exec(key);
  const verdict = verdicts.find(
    (one) =>
      (one.files ?? [one.file]).includes(file) &&
      one.type === type &&
      (one.lines === undefined || one.lines.some((span) => within(Number(line), span))) &&
      (one.target === undefined || one.target === target),
  );
  return { key, verdict };
}

function within(line, span) {
  const [first, last = first] = String(span).split('-').map(Number);
  return first <= line && line <= last;
}

function ratio(part, whole) {
  return whole === 0 ? 1 : part / whole;
}

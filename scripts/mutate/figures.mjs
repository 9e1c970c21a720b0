import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** Changes by what came of them, in the words of the report. */
const STATES = {
  noticed: ['Killed', 'Timeout'],
  'without end': ['Timeout'],
  'not noticed': ['Survived'],
  'no test': ['NoCoverage'],
};

function count(results, column) {
  return results.filter(({ status }) => STATES[column].includes(status)).length;
}

/** How many changes were tried: all but those that are left out. */
function tried(results) {
  return count(results, 'noticed') + count(results, 'not noticed') + count(results, 'no test');
}

/** The share of changes that a test noticed, in percent. */
export function scoreOf(results) {
  return (100 * count(results, 'noticed')) / Math.max(1, tried(results));
}

/** A row for each file and one for all, as text. */
export function table(results) {
  const rows = [...new Set(results.map(fileOf))]
    .sort()
    .map((file) => [file, results.filter((one) => fileOf(one) === file)]);
  const cells = [...rows, ['all', results]].map(([file, own]) => [
    file,
    tried(own),
    ...Object.keys(STATES).map((column) => count(own, column)),
    tried(own) === 0 ? '' : scoreOf(own).toFixed(1),
  ]);
  return columns([['file', 'changes', ...Object.keys(STATES), 'score'], ...cells]);
}

function columns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[column])))
      .join('  '),
  );
}

/** A line for each change that no test noticed: where, what stood there, and what came in its place. */
export function unnoticed(results) {
  return results
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map((one) => ({ ...one, file: fileOf(one) }))
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.location.start.line - b.location.start.line))
    .map(({ file, location: { start, end }, replacement }) => {
      const lines = readFileSync(file, 'utf8')
        .split('\n')
        .slice(start.line - 1, end.line);
      lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
      lines[0] = lines[0].slice(start.column - 1);
      return `${file}:${start.line}:${start.column}  ${short(lines.join(' '))}  =>  ${short(replacement)}`;
    });
}

function short(code) {
  const line = code.replaceAll(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

function fileOf({ fileName }) {
  return relative('.', fileName);
}

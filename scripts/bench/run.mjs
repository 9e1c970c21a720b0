// Measures teamc: `npm run bench` in a minute or two; `--peers` adds other tools, which takes some hundred megabytes of
// packages; `--full` measures both with ten thousand roles too, in half an hour; `--write` writes docs/benchmarks.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { bundleCommand } from '../bundle.mjs';
import { buildCases, installPeers, lintCases, linterCases, rulesyncCases } from './cases.mjs';
import { measure } from './measure.mjs';
import { report } from './table.mjs';

const full = process.argv.includes('--full');
const PAGE = 'docs/benchmarks.md';
const MARK = '<!-- figures -->';

function cases() {
  if (!full && !process.argv.includes('--peers')) return [...[100, 1000].flatMap(lintCases), ...buildCases(1000)];
  const node = installPeers();
  const many = full ? [1000, 10_000] : [1000];
  return [
    ...[100, ...many].flatMap(lintCases),
    ...[100, ...many].flatMap(linterCases),
    ...many.flatMap((count) => buildCases(count)),
    ...many.flatMap((count) => [...buildCases(count, node), ...rulesyncCases(count, node)]),
  ];
}

await bundleCommand('node_modules/.cache/bench/command');
const rows = [];
for (const one of cases()) {
  process.stderr.write(`${one.what}, ${one.count} roles, ${one.state}\n`);
  rows.push({ ...one, ...measure({ runs: full && one.count < 10_000 ? 7 : 3, ...one }) });
}

const found = report(rows);
process.stdout.write(found);
if (process.argv.includes('--write')) {
  const [before] = readFileSync(PAGE, 'utf8').split(MARK);
  writeFileSync(PAGE, `${before}${MARK}\n\n${found}`);
}

// Measures teamc: `npm run bench` in two minutes; `--peers` adds ten thousand roles and other tools, which takes some
// hundred megabytes of packages; `--full` measures those tools with ten thousand roles too, in half an hour; `--engine`
// measures the permission engine alone, `--simulate` the simulation alone; `--write` writes the figures into the pages
// that show them.
import { readFileSync, writeFileSync } from 'node:fs';
import { bundleCommand } from '../bundle.mjs';
import { buildCases, installPeers, lintCases, linterCases, rulesyncCases, simulateCases } from './cases.mjs';
import { timeEngine } from './engine.mjs';
import { measure } from './measure.mjs';
import { timeSimulation } from './simulate.mjs';
import { report } from './table.mjs';

const has = (option) => process.argv.includes(option);
const full = has('--full');
const PAGES = ['README.md', 'docs/benchmarks.md'];
const FIGURES = /(?<=<!-- figures -->\n).*?(?=<!-- end of figures -->)/s;

function cases() {
  if (has('--engine')) return [];
  if (has('--simulate')) return simulateCases();
  if (!full && !has('--peers')) return [...[100, 1000].flatMap(lintCases), ...buildCases(1000), ...simulateCases()];
  const node = installPeers();
  const many = full ? [1000, 10_000] : [1000];
  return [
    ...[100, 1000, 10_000].flatMap(lintCases),
    ...[100, ...many].flatMap(linterCases),
    ...[1000, 10_000].flatMap((count) => buildCases(count)),
    ...simulateCases(),
    ...many.flatMap((count) => [...buildCases(count, node), ...rulesyncCases(count, node)]),
  ];
}

const tell = (text) => process.stderr.write(`${text}\n`);

async function timeCommands() {
  const asked = cases();
  if (asked.length > 0) await bundleCommand('node_modules/.cache/bench/command');
  return asked.map((one) => {
    tell(`${one.what}, ${one.count} roles, ${one.state}`);
    return { ...one, ...measure({ runs: one.count === 10_000 ? 1 : full ? 7 : 3, ...one }) };
  });
}

const found = report(
  await timeCommands(),
  has('--simulate') ? [] : timeEngine(tell),
  has('--engine') ? [] : timeSimulation(tell),
);
process.stdout.write(found);
if (has('--write'))
  for (const page of PAGES)
    writeFileSync(
      page,
      readFileSync(page, 'utf8').replace(FIGURES, () => `\n${found}\n`),
    );

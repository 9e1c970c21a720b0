// Tests the tests: changes the code of a room, one place at a time, and looks whether a test fails.
//
//   npm run mutate                              all rooms, some hours
//   npm run mutate -- pattern                   one room
//   npm run mutate -- src/pattern/glob.ts       a file, a folder, or lines of a file (glob.ts:10-40)
//
// What was found before is kept and only asked again where code or tests changed; --all asks everything again.
// It goes on file by file, a few at a time, and what was found of these stays if it is interrupted later.
// TEAMC_MUTATE_WORKERS=n runs n at once; one, unless set.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { scoreOf, table, unnoticed } from './figures.mjs';
import { ROOMS } from './rooms.mjs';

const AIM = 85;

/** How much code is changed before what was found is kept, in bytes: some six hundred places. */
const SOME = 25_000;

/** How many inputs a property is held to: a fifth of those of a usual run. */
process.env.TEAMC_SOAK ??= '0.2';

const asked = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const unknown = process.argv.slice(2).find((one) => one.startsWith('--') && one !== '--all');
const lost = asked.find((one) => roomOf(one) === undefined);
if (unknown ?? lost) {
  console.error(
    unknown
      ? `There is no option ${unknown}; --all asks everything again.`
      : `${lost} is no room and no file of a room; the rooms are ${Object.keys(ROOMS).join(', ')}.`,
  );
  process.exit(2);
}

const failed = [];
for (const [name, room] of Object.entries(ROOMS)) {
  const own = asked.filter((one) => roomOf(one) === name);
  if (asked.length > 0 && own.length === 0) continue;
  const parts = own.length === 0 || own.includes(name) ? partsOf(`src/${name}`) : own.flatMap(partsOf);
  const found = await mutate(
    name,
    parts.filter((part) => !(room.without ?? []).some((left) => part.startsWith(left))),
  );
  for (const line of [...unnoticed(found), ...table(found)]) console.log(line);
  const score = scoreOf(found);
  if (score < AIM) failed.push(`${name}: ${score.toFixed(1)} %, the aim is ${AIM} %.`);
}
for (const line of failed) console.error(line);
process.exitCode = failed.length > 0 ? 1 : 0;

function pathOf(part) {
  return part.replace(/:[\d:-]+$/, '').replace(/\/$/, '');
}

function roomOf(one) {
  return Object.keys(ROOMS).find(
    (name) => one === name || (existsSync(pathOf(one)) && `${one}/`.startsWith(`src/${name}/`)),
  );
}

/** The files of a folder; a file, or lines of one, as they are. */
function partsOf(part) {
  if (!statSync(pathOf(part)).isDirectory()) return [part];
  const folder = pathOf(part);
  return readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `${folder}/${path}`)
    .sort();
}

/** Parts in groups, each of some code with the same tests: first those that stand apart. */
function groupsOf(name, parts) {
  const { tests, apart = [] } = ROOMS[name];
  const isOf = (part, { files }) => files.some((file) => part.startsWith(`src/${name}/${file}`));
  const others = parts.filter((part) => !apart.some((one) => isOf(part, one)));
  return [
    ...apart.flatMap((one) =>
      inSteps(
        parts.filter((part) => isOf(part, one)),
        one.tests,
      ),
    ),
    ...inSteps(others, tests),
  ];
}

function inSteps(parts, tests) {
  const groups = [];
  let size = SOME;
  for (const part of parts) {
    if (size >= SOME) {
      groups.push({ parts: [], tests });
      size = 0;
    }
    groups.at(-1).parts.push(part);
    size += statSync(pathOf(part)).size;
  }
  return groups;
}

/** Changes parts of a room. What came of each change of their files, at this time or before. */
async function mutate(name, parts) {
  const groups = groupsOf(name, parts);
  let results = [];
  for (const [index, group] of groups.entries()) {
    console.log(`${name}, ${index + 1} of ${groups.length}: ${group.parts.join(' ')}`);
    process.env.TEAMC_MUTATE_TESTS = group.tests.join(' ');
    results = await stryker(name, group.parts).runMutationTest().catch(stop);
    forgetPlaces(keptIn(name));
  }
  const files = new Set(parts.map((part) => resolve(pathOf(part))));
  return results.filter(({ fileName }) => files.has(resolve(fileName)));
}

/**
 * Takes the places of tests out of what is kept. Stryker 9.6 gives one to every test that was not run this time, and then takes it
 * for another test than the one that has none, so that all that it noticed is asked again.
 */
function forgetPlaces(path) {
  const kept = JSON.parse(readFileSync(path, 'utf8'));
  for (const { tests } of Object.values(kept.testFiles)) for (const one of tests) delete one.location;
  writeFileSync(path, JSON.stringify(kept));
}

function keptIn(name) {
  return `build/mutation/${name}.json`;
}

/** Stryker has said what is wrong. */
function stop() {
  process.exit(2);
}

function stryker(name, files) {
  return new Stryker({
    mutate: files,
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'scripts/mutate/vitest.config.mjs', related: false },
    coverageAnalysis: 'perTest',
    // docs/soak.md says why.
    mutator: { excludedMutations: ['StringLiteral'] },
    ignoreStatic: true,
    incremental: true,
    incrementalFile: keptIn(name),
    force: process.argv.includes('--all'),
    concurrency: Number(process.env.TEAMC_MUTATE_WORKERS ?? 1),
    timeoutMS: 5_000,
    timeoutFactor: 2,
    tempDirName: 'build/mutation/sandbox',
    cleanTempDir: 'always',
    ignorePatterns: ['/build', '/dist', '/docs/.vitepress'],
    // There is none: TypeScript 7 lacks the functions with which Stryker would rewrite it.
    tsconfigFile: 'build/mutation/tsconfig.json',
    logLevel: 'warn',
    reporters: ['html', process.stdout.isTTY ? 'progress' : 'progress-append-only'],
    htmlReporter: { fileName: `build/mutation/${name}.html` },
    thresholds: { high: AIM, low: AIM, break: null },
    allowConsoleColors: process.stderr.isTTY === true,
  });
}

// Tests the tests: changes the code of a room, one place at a time, and looks whether a test fails.
//
//   npm run mutate                              all rooms, some hours
//   npm run mutate -- pattern                   one room
//   npm run mutate -- src/pattern/glob.ts       a file, a folder, or lines of a file (glob.ts:10-40)
//
// What was found before is kept and only asked again where code or tests changed; --all asks everything again.
// TEAMC_MUTATE_WORKERS=n runs n at once; one, unless set.
import { existsSync, statSync } from 'node:fs';
import { Stryker } from '@stryker-mutator/core';
import { ROOMS } from './rooms.mjs';

const AIM = 85;

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
  const parts = asked.filter((one) => roomOf(one) === name);
  if (asked.length > 0 && parts.length === 0) continue;
  const whole = parts.length === 0 || parts.includes(name);
  const score = await mutate(name, whole ? room.mutate : [...parts.map(patternOf), ...room.mutate.filter(isLeftOut)]);
  if (score < AIM) failed.push(`${name}: ${score.toFixed(2)} %, the aim is ${AIM} %.`);
}
for (const line of failed) console.error(line);
process.exitCode = failed.length > 0 ? 1 : 0;

function isLeftOut(pattern) {
  return pattern.startsWith('!');
}

function roomOf(one) {
  const isThere = existsSync(one.replace(/:[\d:-]+$/, ''));
  return Object.keys(ROOMS).find((name) => one === name || (isThere && `${one}/`.startsWith(`src/${name}/`)));
}

function patternOf(part) {
  const path = part.replace(/\/$/, '');
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? `${path}/**/*.ts` : path;
}

/** Stryker has said what is wrong. */
function stop() {
  process.exit(2);
}

/** Runs Stryker over some files of a room. The share of changes that were noticed, in percent. */
async function mutate(name, files) {
  process.env.TEAMC_MUTATE = name;
  const results = await new Stryker({
    mutate: files,
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'scripts/mutate/vitest.config.mjs', related: false },
    coverageAnalysis: 'perTest',
    // docs/soak.md says why.
    mutator: { excludedMutations: ['StringLiteral'] },
    ignoreStatic: true,
    incremental: true,
    incrementalFile: `build/mutation/${name}.json`,
    force: process.argv.includes('--all'),
    concurrency: Number(process.env.TEAMC_MUTATE_WORKERS ?? 1),
    timeoutMS: 5_000,
    timeoutFactor: 2,
    tempDirName: 'build/mutation/sandbox',
    cleanTempDir: 'always',
    ignorePatterns: ['/build', '/dist', '/docs/.vitepress'],
    // There is none: TypeScript 7 lacks the functions with which Stryker would rewrite it.
    tsconfigFile: 'build/mutation/tsconfig.json',
    reporters: ['clear-text', 'html', process.stdout.isTTY ? 'progress' : 'progress-append-only'],
    clearTextReporter: {
      logTests: false,
      reportTests: false,
      allowEmojis: false,
      allowColor: process.stdout.isTTY === true,
    },
    htmlReporter: { fileName: `build/mutation/${name}.html` },
    thresholds: { high: AIM, low: AIM, break: null },
    allowConsoleColors: process.stderr.isTTY === true,
  })
    .runMutationTest()
    .catch(stop);
  const count = (...states) => results.filter(({ status }) => states.includes(status)).length;
  const noticed = count('Killed', 'Timeout');
  return (100 * noticed) / Math.max(1, noticed + count('Survived', 'NoCoverage'));
}

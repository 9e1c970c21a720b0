// Reads collections of real agent files, as their authors wrote them, and says what became of each:
// `TEAMC_CORPUS=FOLDER npm run corpora`. Fails if a file crashes the reading, if one gets no answer, if all
// of them take longer than half a minute, if a defect that is known to be in one is not told, or if the relations fall
// behind the lists that were made by pattern.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compareWithGold, goldOf } from './corpora/gold.mjs';
import { readCollection } from './corpora/read.mjs';
import { describeCollection, describeGold } from './corpora/table.mjs';

/** All collections together, in milliseconds of processor time: how busy the machine is else shall not count. */
const LONGEST = 30_000;

const KNOWN_DEFECTS = JSON.parse(readFileSync(new URL('corpora/known-defects.json', import.meta.url), 'utf8'));

const corpus = process.env.TEAMC_CORPUS;
if (!corpus) {
  console.log('TEAMC_CORPUS names no folder with collections of agent files: nothing was read.');
} else if (!existsSync(join(corpus, 'MANIFEST.json'))) {
  console.error(`corpora: ${resolve(corpus)} holds no MANIFEST.json.`);
  process.exitCode = 2;
} else process.exitCode = run(resolve(corpus)) ? 0 : 1;

function run(folder) {
  const failures = [];
  const totals = { collections: 0, files: 0, agents: 0, relations: 0, same: 0, stricter: 0, left: new Map() };
  const scores = [];
  let spent = 0;
  for (const entry of JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8'))) {
    const started = process.cpuUsage();
    const collection = readCollection(folder, entry);
    const { user, system } = process.cpuUsage(started);
    spent += (user + system) / 1000;
    console.log(describeCollection(collection));
    failures.push(...collection.failures.map((failure) => `${entry.name}: ${failure}`));
    failures.push(...(collection.round?.different ?? []).map((what) => `${entry.name}: came back otherwise: ${what}`));
    totals.same += collection.round?.same ?? 0;
    totals.stricter += collection.round?.stricter.length ?? 0;
    for (const [why, count] of collection.round?.left ?? []) totals.left.set(why, (totals.left.get(why) ?? 0) + count);
    totals.collections++;
    totals.files += collection.files;
    totals.agents += collection.agents;
    totals.relations += collection.relations.length;
    failures.push(...missedDefects(collection));
    const gold = goldOf(folder, entry.name);
    if (gold) scores.push(compareWithGold(gold, collection));
  }
  console.log(describeGold(scores));
  failures.push(...scores.flatMap(({ failures: own }) => own));
  if (spent > LONGEST)
    failures.push(`reading took ${(spent / 1000).toFixed(1)} s, and ${LONGEST / 1000} s are the limit`);
  for (const failure of failures) console.error(`FAILED: ${failure}`);
  const { collections, files, agents, relations, same, stricter, left } = totals;
  const others = [...left].map(([why, count]) => `${count} not compared (${why})`).join(' · ');
  console.log(
    `\n${collections} collections read: ${files} files · ${agents} agents · ${relations} relations · ${same} imported and built again as they were · ${stricter} stricter · ${others} · ${(spent / 1000).toFixed(1)} s · ${failures.length} failures`,
  );
  return failures.length === 0;
}

/** The defects that are known to be in a collection and that were not told. */
function missedDefects({ name, told }) {
  return KNOWN_DEFECTS.filter(({ collection }) => collection === name)
    .filter(
      (known) =>
        !told.some(({ rule, file, line }) => rule === known.rule && file === known.file && line === known.line),
    )
    .map(({ rule, file, line, because }) => `${name}: ${file}:${line} is not told as ${rule}. ${because}`);
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { roundTrip } from './round.mjs';

const { outputFiles } = await build({
  stdin: {
    contents: [
      "export { Disk } from './src/workspace/disk.ts';",
      "export { isProject, looseFiles, platformFiles, readFiles } from './src/workspace/platform-files.ts';",
      "export { readProject } from './src/import/read-project.ts';",
      "export { teamsInPlace } from './src/import/teams-in-place.ts';",
      "export { lint } from './src/rules/lint.ts';",
      "export { writeTeam } from './src/import/write-team.ts';",
      "export { platformFileOf } from './src/import/files.ts';",
      "export { claudeTools } from './src/import/platforms/claude-tools.ts';",
      "export { covers, rulesIn } from './src/import/platforms/opencode-permissions.ts';",
      "export { readTeam } from './src/team/read.ts';",
      "export { readDocument } from './src/document/read.ts';",
      "export { compile } from './src/target/compile.ts';",
      "export { builtinTarget } from './src/target/builtin.ts';",
      "export { compare } from './src/pattern/compare.ts';",
      "export { locatePlace } from './src/document/position.ts';",
      "export { components } from './src/analysis/graph/components.ts';",
      "export { graph } from './src/analysis/graph/graph.ts';",
    ].join('\n'),
    resolveDir: process.cwd(),
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
  define: { TEAMC_BUILD: '""' },
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(process.cwd() + "/");' },
});
const code = Buffer.from(outputFiles[0].text).toString('base64');
const teamc = await import(`data:text/javascript;base64,${code}`);

/** The readers for what a manifest calls platforms; the others have none. */
const READERS = { claude: 'claude-code', opencode: 'opencode', roomodes: 'roo', 'prompt-md': 'claude-code' };

/** What is said of collections that are read for no platform. */
const UNREAD = {
  bmad: 'BMAD keeps its agents as YAML inside Markdown or as modules of its own, which teamc does not read.',
  'prompt-md':
    'Prompts for a program of its own, which no platform of teamc loads; their relations are read as Claude Code would.',
};

/** Kilo Code keeps both: lists of modes as Roo does, and files as opencode does. */
const KILO = 'Kilo Code: its agents are files as opencode has them.';

/** What became of a collection: its agents, their relations with lines, and what was told of which file. */
export function readCollection(folder, { name, platform }) {
  const files = filesBelow(join(folder, name));
  const base = {
    name,
    platform,
    files: files.length,
    said: UNREAD[platform],
    agents: 0,
    relations: [],
    told: [],
    failures: [],
  };
  const reader = READERS[platform];
  if (!reader)
    return UNREAD[platform] ? base : { ...base, failures: [`nobody says anything of the platform ${platform}`] };
  try {
    const read = readWith(reader, join(folder, name), files);
    if (read.agents > 0 || reader !== 'roo') return { ...base, ...read };
    const twin = readWith('opencode', join(folder, name), files);
    return twin.agents === 0 ? { ...base, ...read } : { ...base, said: KILO, ...twin };
  } catch (error) {
    return { ...base, failures: [`the reading ended in ${error.stack}`] };
  }
}

function readWith(reader, root, files) {
  const disk = new teamc.Disk(root);
  const placed = teamc.isProject(disk, '.') ? teamc.platformFiles(disk, '.', reader) : { files: [] };
  const listed = placed.files.some(({ kind }) => kind === 'agent' || kind === 'modes')
    ? placed
    : teamc.looseFiles(disk, '.', reader);
  const read = teamc.readFiles(listed.files, (path) => disk.source(path));
  const teams = teamc.readProject('.', read);
  const documents = new Map(teams.flatMap(({ loaded }) => [...loaded.documents]));
  const agents = teams.flatMap(({ found }) => found.agents);
  const problems = [
    ...(listed.problems ?? []),
    ...teams.flatMap(({ found, loaded }) => [...found.problems, ...loaded.problems]),
  ];
  const relations = teams
    .flatMap(({ recovered }) => recovered.relations)
    .map((relation) => ({ ...relation, ...place(relation.at, documents) }));
  const findings = teamc.teamsInPlace(teams, listed.problems ?? []).flatMap((loaded) => teamc.lint(loaded));
  const answered = new Set([...agents.map(({ file }) => file), ...problems.map(({ at }) => at.file)]);
  const silent = read.filter(({ path, kind }) => (kind === 'agent' || kind === 'modes') && !answered.has(path));
  return {
    agents: agents.length,
    round: roundTrip(teamc, teams, read),
    relations,
    cycles: cyclesOf(agents, relations),
    told: toldOf([...problems, ...findings], documents),
    others: files.length - listed.files.length,
    failures: silent.map(({ path }) => `${path} gave neither an agent nor a word`),
  };
}

function place(at, documents) {
  const { file, line } = teamc.locatePlace(at, documents);
  return { file, line };
}

/** What was told of files, each rule once for a line. */
function toldOf(problems, documents) {
  const told = new Map();
  for (const { rule, severity, at, message } of problems) {
    const where = place(at, documents);
    const key = `${where.file}:${where.line} ${rule ?? message}`;
    if (!told.has(key)) told.set(key, { rule: rule ?? 'unreadable', severity, message, ...where });
  }
  return [...told.values()];
}

/** The rings of agents that delegate to each other, largest first. */
function cyclesOf(agents, relations) {
  const nodes = new Map(agents.map(({ id }, index) => [id, index]));
  const arcs = relations
    .filter(({ type, resolution }) => type === 'delegates-to' && nodes.has(resolution.id))
    .map(({ source, resolution }) => [nodes.get(source), nodes.get(resolution.id)]);
  const rings = new Map();
  for (const [node, ring] of teamc.components(teamc.graph(agents.length, arcs)).entries())
    rings.set(ring, [...(rings.get(ring) ?? []), agents[node].id]);
  return [...rings.values()].filter(({ length }) => length > 1).sort((a, b) => b.length - a.length);
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
}

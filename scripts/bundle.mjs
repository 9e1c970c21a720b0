// Bundles the command as CommonJS files that load each other only when they are needed: start-up is what users wait for
// most often. `cli.cjs` answers what can be answered from memory; `command/core.cjs` holds what nearly every command needs;
// each module below that seldom runs becomes a file of its own, which takes what it shares with the core from there, so
// that nothing exists twice. The library is one of them.
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { absent } from './absent.mjs';

const BIN = 'src/cli/bin.ts';
const CORE = 'src/cli/main.ts';
const LIBRARY = 'src/index.ts';

/** How the command's own file gets at the core: compiled, if it was before. */
const CORE_LOADER = 'loadCore(__dirname, TEAMC_BUILD, process.argv)';

/** Modules that load when one of their functions is first called; they may export nothing but functions and types. */
const LAZY = [
  CORE,
  'src/cli/again.ts',
  'src/cli/dialogue.ts',
  'src/cli/in-place.ts',
  'src/cli/edited-team.ts',
  'src/cli/targets-from.ts',
  'src/cli/pace.ts',
  'src/document/yaml/errors.ts',
  'src/document/print-yaml.ts',
  'src/pattern/look-ahead.ts',
  'src/pattern/regexp.ts',
  'src/report/sarif.ts',
  'src/schema/mistakes.ts',
  'src/target/brought.ts',
  'src/target/compile.ts',
  'src/workspace/digest.ts',
  ...readdirSync('src/cli/commands')
    .filter((name) => name !== 'lint.ts')
    .map((name) => `src/cli/commands/${name}`),
];

/** What several of these files need and the core does not: each group is a file too. A group needs those behind it at most. */
const GROUPS = { 'import-room': /^src\/import\//, yaml: /^node_modules\/yaml\// };

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  charset: 'ascii',
  legalComments: 'none',
  // What is loaded as compiled code can't import.
  supported: { 'dynamic-import': false },
  logLevel: 'warning',
  // Node shows the line of an error that nobody caught, and a line should fit a screen.
  lineLimit: 200,
  // A CommonJS file has no import.meta; this says the same.
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
};

/** Builds the command into a folder; `readable` leaves the names as they are, for profiles. */
export async function bundleCommand(outdir, { readable = false } = {}) {
  const shared = Object.fromEntries(['core', ...Object.keys(GROUPS)].map((file) => [file, new Map()]));
  const run = { outdir, minify: !readable, shared, wanted: new Set([...LAZY, LIBRARY]), core: new Set() };
  const { metafile } = await bundle(run, CORE, { write: false });
  for (const [path, { format }] of Object.entries(metafile.inputs)) if (format === 'esm') run.core.add(path);
  for (const entry of run.wanted) if (entry !== CORE) await bundle(run, entry, {});
  for (const group of Object.keys(GROUPS)) await bundle(run, group, { stdin: handingOut(shared[group]) });
  await bundle(run, CORE, { stdin: handingOut(shared.core, CORE) });
  await build({
    ...common,
    minify: !readable,
    entryPoints: { cli: BIN },
    outdir,
    outExtension: { '.js': '.cjs' },
    define: { ...common.define, TEAMC_BUILD: JSON.stringify(fingerprint(outdir)) },
    banner: { js: `#!/usr/bin/env node\n${common.banner.js}` },
    plugins: [absent, chunks(run, BIN)],
  });
  chmodSync(`${outdir}/cli.cjs`, 0o755);
}

function bundle({ outdir, minify, ...run }, entry, { stdin, write = true }) {
  return build({
    ...common,
    minify,
    ...(stdin ? { stdin } : { entryPoints: [entry] }),
    outfile: `${outdir}/command/${nameOf(entry)}`,
    write,
    metafile: true,
    plugins: [absent, chunks(run, entry)],
  });
}

/** A file that hands out modules to the files that share them, and all that a module of its own exports. */
function handingOut(shared, own) {
  const lines = [...shared].map(([path, name]) => `import * as ${name} from ${JSON.stringify(resolve(path))};`);
  if (own) lines.push(`export * from ${JSON.stringify(resolve(own))};`);
  const contents = `${lines.join('\n')}\nexport const shared = { ${[...shared.values()].join(', ')} };\n`;
  return { contents, resolveDir: process.cwd(), loader: 'ts' };
}

function nameOf(module) {
  if (module === CORE) return 'core.cjs';
  return `${module.replace(/^src\/|^@|\.ts$/g, '').replaceAll(/[^\w-]+/g, '-')}.cjs`;
}

/** Cuts a bundle where a module loads late, and where it holds what the core has already. */
function chunks({ shared, wanted, core }, entry) {
  const at = entry === BIN ? './command/' : './';
  const late = (name) => {
    wanted.add(name);
    return { path: at + nameOf(name), external: true };
  };
  const cut = (module) => {
    if (module === entry) return undefined;
    if (LAZY.includes(module)) return { path: module, namespace: 'late' };
    if (entry === CORE || entry === BIN) return undefined;
    const group = Object.keys(GROUPS).find((name) => GROUPS[name].test(module));
    const holder = core.has(module) ? 'core' : group === entry ? undefined : group;
    // The ending says that what stands in for the module is CommonJS.
    return holder && { path: `${module}.cjs`, namespace: 'shared', pluginData: { module, holder } };
  };
  const setup = (bundler) => {
    bundler.onResolve({ filter: /^\.\/(?:command\/)?[\w-]+\.cjs$/ }, ({ path, namespace }) =>
      namespace === 'file' ? undefined : { path, external: true },
    );
    bundler.onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes('commander') ? { path, namespace: 'builtin' } : undefined,
    );
    bundler.onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === 'found' || kind === 'entry-point' || path.startsWith('node:')) return undefined;
      const found = await bundler.resolve(path, { kind, importer, resolveDir, pluginData: 'found' });
      const module = relative(process.cwd(), found.path).replaceAll('\\', '/');
      return kind === 'dynamic-import' ? late(path.startsWith('.') ? module : path) : (cut(module) ?? found);
    });
    bundler.onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
      contents: stub(path, path === CORE ? CORE_LOADER : `require('${at}${nameOf(path)}')`),
      resolveDir: process.cwd(),
      loader: 'ts',
    }));
    bundler.onLoad({ filter: /./, namespace: 'shared' }, ({ pluginData: { module, holder } }) => {
      const names = shared[holder];
      if (!names.has(module)) names.set(module, `m${names.size}`);
      return { contents: `module.exports = require('./${holder}.cjs').shared.${names.get(module)};`, loader: 'js' };
    });
    // commander asks for it at its start, and needs it for commands that are programs of their own.
    bundler.onLoad({ filter: /./, namespace: 'builtin' }, () => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => require('child_process')[name] });`,
      loader: 'js',
    }));
  };
  return { name: 'chunks', setup };
}

/** A module's functions, of which the first that is called loads it. */
function stub(module, loader) {
  const source = readFileSync(module, 'utf8');
  const names = [...source.matchAll(/^export (?:async )?function\*? (\w+)/gm)].map((match) => match[1]);
  const others = [...source.matchAll(/^export (?!(?:async )?function|type\b|interface\b).*$/gm)].map(
    (match) => match[0],
  );
  if (others.length > 0)
    throw new Error(`${module} loads late and may export functions only, not: ${others.join('; ')}`);
  const functions = names.map((name) => `export function ${name}(...given) { return load().${name}(...given); }`);
  return `${loader === CORE_LOADER ? "import { loadCore } from './src/cli/core.ts';" : ''}
let loaded;
function load() { return (loaded ??= ${loader}); }
${functions.join('\n')}
`;
}

/** Names what a build can answer: another build may answer otherwise. */
function fingerprint(outdir) {
  const hash = createHash('sha256');
  const files = ['package.json', ...listing('docs/rules'), ...listing(`${outdir}/command`)];
  for (const file of files) hash.update(file.replace(outdir, '')).update(readFileSync(file));
  return hash.digest('base64url').slice(0, 22);
}

function listing(folder) {
  return readdirSync(folder)
    .sort()
    .map((name) => `${folder}/${name}`);
}

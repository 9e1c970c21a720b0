// Lists the packages that the bundles hold, each with its licence, as their licences ask.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { absent } from './absent.mjs';

/** Writes the list to a file; a package without a licence text is a mistake. */
export async function writeLicences(path) {
  const { metafile } = await build({
    entryPoints: ['src/cli/bin.ts', 'src/index.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outdir: 'out',
    write: false,
    metafile: true,
    logLevel: 'silent',
    plugins: [absent],
    define: { TEAMC_BUILD: '""' },
  });
  const folders = new Set(
    Object.keys(metafile.inputs).flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []),
  );
  const parts = [...folders].sort().map(licenceOf);
  writeFileSync(
    path,
    `# Third-party software\n\nThe files of this package hold code of these packages.\n\n${parts.join('\n\n')}\n`,
  );
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file || !existsSync(`${folder}/${file}`)) throw new Error(`${name} has no licence text`);
  return `## ${name} ${version} (${license})\n\n\`\`\`text\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n\`\`\``;
}

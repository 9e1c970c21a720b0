// Takes parts of the source into this process.
import { build } from 'esbuild';

/** Bundles modules by their paths and answers what is asked of each: one name, or several. */
export async function imported(modules) {
  const lines = Object.entries(modules).map(
    ([path, names]) => `export { ${[names].flat().join(', ')} } from '${path}';`,
  );
  const { outputFiles } = await build({
    stdin: { contents: lines.join('\n'), resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    define: { TEAMC_BUILD: '""', 'import.meta.url': 'importMetaUrl' },
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(process.cwd() + "/"); const importMetaUrl = "file:///";',
    },
  });
  const code = Buffer.from(outputFiles[0].text).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

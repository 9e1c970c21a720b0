// Parts of a dependency that teamc never calls and does not ship: what @anthropic-ai/sdk brings to run commands, to read
// credentials from the disk and to check webhooks. In their place stands nothing.

const ABSENT = /^standardwebhooks$|\/(?:internal|agent-toolset)\/node\.mjs$/;

/** Leaves them out of a bundle. */
export const absent = {
  name: 'absent',
  setup(bundler) {
    bundler.onResolve({ filter: ABSENT }, ({ path, importer }) =>
      importer.includes('@anthropic-ai') ? { path: `${path}.cjs`, namespace: 'absent' } : undefined,
    );
    bundler.onLoad({ filter: /./, namespace: 'absent' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
  },
};

import { defineConfig } from 'vitest/config';

/** The real clients; `npm run conformance` installs them and starts this, `npm test` does not. */
// biome-ignore lint/style/noDefaultExport: vitest reads this one
export default defineConfig({
  test: {
    include: ['tests/conformance/*.conformance.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
  },
});

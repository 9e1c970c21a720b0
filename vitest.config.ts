import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/cli/build.ts',
    setupFiles: 'tests/seed.ts',
    // What tests ask teamc is not to be found in the cache of whoever runs them.
    env: { TEAMC_CACHE: 'off' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

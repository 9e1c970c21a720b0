import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/** The tests that have to notice, in the order in which they are tried. */
const tests = process.env.TEAMC_MUTATE_TESTS.split(' ');

/** The order in which they are named: the first that fails ends the run. */
class AsNamed extends BaseSequencer {
  async sort(files) {
    const place = ({ moduleId }) => tests.findIndex((path) => moduleId.endsWith(path));
    return [...files].sort((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  resolve: { alias: [{ find: /^fast-check$/, replacement: resolve('scripts/mutate/fast-check.mjs') }] },
  test: {
    include: tests,
    // Every run has a worker of its own; within it the files share what they load.
    isolate: false,
    sequence: { sequencer: AsNamed },
    env: { TEAMC_CACHE: 'off' },
    testTimeout: 60_000,
  },
});

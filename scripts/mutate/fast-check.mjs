import fc from '../../node_modules/fast-check/lib/fast-check.js';

/** What a property is held to while tests are tested: enough for nearly every change, few enough for thousands of them. */
const MOST_RUNS = 300;

/** fast-check with the same inputs for every change, of which one that fails is enough: nobody reads which. */
function assert(property, parameters) {
  const numRuns = Math.min(MOST_RUNS, parameters?.numRuns ?? MOST_RUNS);
  return fc.assert(property, { ...parameters, numRuns, seed: 1, endOnFailure: true });
}

export * from '../../node_modules/fast-check/lib/fast-check.js';
export default { ...fc, assert };

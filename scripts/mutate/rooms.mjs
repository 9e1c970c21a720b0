/**
 * Rooms whose tests are tested: what of it is not changed, and the tests that have to notice, the quickest first. Only tests that
 * ask the room itself: those that start the command or a browser would say the same a hundred times as slowly. What stands
 * apart has tests of its own, and no other.
 */
export const ROOMS = {
  pattern: {
    tests: [
      'tests/pattern/charset.test.ts',
      'tests/pattern/shell.test.ts',
      'tests/pattern/dialects.test.ts',
      'tests/pattern/look-ahead.test.ts',
      'tests/pattern/work.test.ts',
      'tests/pattern/machines.test.ts',
      'tests/pattern/questions.test.ts',
      'tests/pattern/brute-force.test.ts',
      'tests/properties/pattern.test.ts',
    ],
  },
  analysis: {
    // What all the others stand on: with their tests, a change that nobody notices would take half a minute.
    apart: [
      {
        files: ['graph/'],
        tests: ['tests/analysis/shortest-cycles.test.ts', 'tests/properties/graph.test.ts'],
      },
      {
        files: ['overlap.ts', 'plain-use.ts', 'plausible.ts', 'rule-use.ts', 'idle-rules.ts'],
        tests: [
          'tests/analysis/overlap.test.ts',
          'tests/analysis/idle-rules.test.ts',
          'tests/analysis/rule-use.test.ts',
          'tests/rules/pages.test.ts',
        ],
      },
      {
        files: ['plain-answer.ts', 'probe-search.ts', 'probes.ts'],
        tests: [
          'tests/analysis/plain-answer.test.ts',
          'tests/analysis/claims.test.ts',
          'tests/analysis/probes.test.ts',
          'tests/rules/pages.test.ts',
        ],
      },
    ],
    tests: [
      'tests/analysis/**/*.test.ts',
      'tests/properties/graph.test.ts',
      'tests/properties/escalation.test.ts',
      'tests/properties/plainly-denied.test.ts',
      'tests/graph/ways.test.ts',
      'tests/rules/pages.test.ts',
      'tests/properties/authority.test.ts',
    ],
  },
  // A model that plays is a client of a service: its tests speak with a server.
  simulate: {
    without: ['src/simulate/minds/live.ts', 'src/simulate/minds/live/'],
    tests: [
      'tests/simulate/clock.test.ts',
      'tests/simulate/fingerprint.test.ts',
      'tests/simulate/calls.test.ts',
      'tests/simulate/climbing.test.ts',
      'tests/simulate/hand-over.test.ts',
      'tests/simulate/gates.test.ts',
      'tests/simulate/loads.test.ts',
      'tests/simulate/plans.test.ts',
      'tests/simulate/deeds.test.ts',
      'tests/simulate/events.test.ts',
      'tests/simulate/recordings.test.ts',
      'tests/simulate/ladder.test.ts',
      'tests/simulate/routing.test.ts',
      'tests/simulate/turns.test.ts',
      'tests/simulate/world.test.ts',
      'tests/simulate/search.test.ts',
      'tests/simulate/conditions.test.ts',
      'tests/simulate/nearest.test.ts',
      'tests/simulate/limits.test.ts',
      'tests/simulate/sample.test.ts',
      'tests/simulate/verdicts.test.ts',
      'tests/simulate/series.test.ts',
      'tests/simulate/summaries.test.ts',
      'tests/simulate/state.test.ts',
      'tests/simulate/statistics.test.ts',
      'tests/simulate/monitor.test.ts',
      'tests/simulate/kernel.test.ts',
      'tests/simulate/properties.test.ts',
      'tests/simulate/turns-properties.test.ts',
      'tests/simulate/exhaustive.test.ts',
      'tests/simulate/explore.test.ts',
    ],
  },
};

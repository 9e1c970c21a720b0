import fc from 'fast-check';

/**
 * Every run of the tests asks the same inputs, so that who changes nothing breaks nothing. `TEAMC_SEED` begins elsewhere,
 * and `TEAMC_SOAK` asks more of them.
 */
fc.configureGlobal({ seed: Number(process.env['TEAMC_SEED'] ?? 1) });

/** The input or the arguments can't be used: one sentence for the person, exit code 2. */
export class Unusable extends Error {}

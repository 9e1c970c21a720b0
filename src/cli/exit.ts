/** Exit codes of every command. */
export const EXIT = { fine: 0, finding: 1, unusable: 2, inconclusive: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

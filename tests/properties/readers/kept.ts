/** Texts by which a reader once failed, by the reader's name: each is tried in every run. */
export const KEPT: Readonly<Record<string, readonly string[]>> = {};

/** Dollars for a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

/** List prices in US dollars for a million tokens, as they stood for the models of late 2025; a team's own prices go before. */
const LIST: readonly (readonly [family: RegExp, price: Price])[] = [
  [/opus/, { input: 5, output: 25 }],
  [/sonnet/, { input: 3, output: 15 }],
  [/haiku/, { input: 1, output: 5 }],
];

/** The dearest of the list: for a model that nobody knows the price of, so that a limit errs on the safe side. */
const UNKNOWN: Price = { input: 5, output: 25 };

/** What a model costs, and whether that is only assumed. */
export function listPrice(model: string): { readonly price: Price; readonly known: boolean } {
  const found = LIST.find(([family]) => family.test(model));
  return found ? { price: found[1], known: true } : { price: UNKNOWN, known: false };
}

/** Tokens of one answer, as the API counts them. */
export interface Usage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_creation_input_tokens?: number | null;
  readonly cache_read_input_tokens?: number | null;
}

/** What an answer cost: writing to the cache costs a quarter more than reading anew, and reading from it a tenth. */
export function costOf(usage: Usage, { input, output }: Price): number {
  const { input_tokens: read, output_tokens: written } = usage;
  const stored = usage.cache_creation_input_tokens ?? 0;
  const cached = usage.cache_read_input_tokens ?? 0;
  return ((read + 1.25 * stored + 0.1 * cached) * input + written * output) / 1_000_000;
}

/** All tokens of an answer. */
export function tokensOf(usage: Usage): number {
  const { input_tokens: read, output_tokens: written } = usage;
  return read + written + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
}

import { UnsupportedPattern } from '../pattern/expression.ts';
import { Unusable } from './unusable.ts';

/** What came of a batch: how many lines were answered and how many could not be. */
export interface Batch {
  readonly answered: number;
  readonly failed: number;
}

/** Answers JSON lines one by one, in order, each as one JSON line. Keys of a line that are not the answer's stay. */
export function answerLines(
  text: string,
  answer: (call: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
  write: (text: string) => void,
): Batch {
  let answered = 0;
  let failed = 0;
  let waiting: string[] = [];
  const flush = (): void => {
    if (waiting.length > 0) write(`${waiting.join('\n')}\n`);
    waiting = [];
  };
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const result = answerLine(line, index + 1, answer);
    if ('error' in result) failed++;
    else answered++;
    if (waiting.push(JSON.stringify(result)) >= TOGETHER) flush();
  }
  flush();
  return { answered, failed };
}

/** How many lines are written at once. */
const TOGETHER = 500;

function answerLine(
  line: string,
  number: number,
  answer: Parameters<typeof answerLines>[1],
): Readonly<Record<string, unknown>> {
  let call: unknown;
  try {
    call = JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch {
    return { line: number, error: 'This line is no JSON.' };
  }
  if (typeof call !== 'object' || call === null || Array.isArray(call))
    return { line: number, error: 'A call is an object such as {"role": "…", "tool": "…", "argument": "…"}.' };
  const asked = call as Readonly<Record<string, unknown>>;
  try {
    return { ...asked, ...answer(asked) };
  } catch (error) {
    if (!(error instanceof Unusable || error instanceof UnsupportedPattern)) throw error;
    return { ...asked, error: error.message };
  }
}

/** A text of a call, by its key. */
export function textAt(call: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = call[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new Unusable(`"${key}" has to be a text.`);
}

/**
 * The last resort: whatever is wrong with the input should have been a finding, so this is a defect of teamc, and the
 * one sentence says how to report it. The stack is only for those who ask for it.
 */
export function crashSentence(error: unknown, verbose: boolean): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const stack = verbose ? frames.map((line) => `\n${line}`).join('') : '';
  const more = verbose ? 'what follows' : 'what --verbose adds';
  return `teamc crashed, which is a defect of teamc and no fault of yours (${what}); "npm bugs teamc" says where to report it, with the command and ${more}.${stack}`;
}

import type { CommanderError } from 'commander';

/**
 * What commander has to say about wrong arguments, as one sentence that ends with what to do. Empty when all is said,
 * because help was shown.
 */
export function usageSentence({ code, message }: CommanderError, command: string): string {
  if (code === 'commander.help') return '';
  const [first = '', hint = ''] = message.replace(/^error: /, '').split('\n');
  const meant = /^\(Did you mean (?:one of )?(.+)\?\)$/.exec(hint)?.[1];
  const plain = first.replace(/\.$/, '').replaceAll("'", '"');
  const sentence = plain.charAt(0).toUpperCase() + plain.slice(1);
  return meant ? `${sentence}; did you mean ${meant}?` : `${sentence}; see "${command} --help".`;
}

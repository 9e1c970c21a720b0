import type { CommanderError } from 'commander';

/**
 * What commander has to say about wrong arguments, as one sentence that ends with what to do: `usage` is how the command
 * goes on. Empty when all is said, because help was shown.
 */
export function usageSentence({ code, message }: CommanderError, command: string, usage = ''): string {
  if (code === 'commander.help') return '';
  if (code === 'commander.missingArgument')
    return `Something is missing: ${command} ${usage.replace('[options] ', '')}; see "${command} --help".`;
  const [first = '', hint = ''] = message.replace(/^error: /, '').split('\n');
  const meant = /^\(Did you mean (?:one of )?(.+)\?\)$/.exec(hint)?.[1];
  const plain = first.replace(/\.$/, '').replaceAll("'", '"');
  const sentence = plain.charAt(0).toUpperCase() + plain.slice(1);
  return meant ? `${sentence}; did you mean ${meant}?` : `${sentence}; see "${command} --help".`;
}

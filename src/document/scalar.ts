import { quote } from './problem.ts';

/** Text as a YAML scalar: plain where every parser takes it for text, else in quotes. */
export function scalar(text: string): string {
  return /^[A-Za-z][\w/.-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : quote(text);
}

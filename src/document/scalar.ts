/** How a text stands in YAML. */
export type Style = 'plain' | 'single' | 'double';

/**
 * Text as a YAML scalar that holds in every place, between brackets and as a key too. It keeps the style that it had,
 * as long as that style can say it: plain only where every parser, those of YAML 1.1 too, takes it for text.
 */
export function scalar(text: string, style: Style = 'plain'): string {
  if (style === 'plain' && isPlain(text)) return text;
  const escapes = UNPRINTABLE.test(text);
  const single = style === 'single' || (style === 'plain' && /["\\]/.test(text));
  return single && !escapes ? `'${text.replaceAll("'", "''")}'` : double(text);
}

/** Words, paths and commands: no indicator at the beginning, and none that would end the text within. */
const PLAIN = /^(?:[A-Za-z_]|\d+[A-Za-z]*[-/](?=[A-Za-z]))(?:[\w/.*?+=~-]|:(?=[\w/.*?+=~-])| (?=[\w/.*?+=~-]))*$/;

/** What is no text for one parser or another; `off` is left out, as a word of the language that everyone writes plainly. */
const WORDS = /^(?:true|false|null|yes|no|on|y|n)$/i;

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !WORDS.test(text);
}

/** What may not stand in a file as it is, line breaks included. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\uFEFF]/u;

function double(text: string): string {
  return JSON.stringify(text).replace(/[\u007F-\u009F\u2028\u2029\uFEFF]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

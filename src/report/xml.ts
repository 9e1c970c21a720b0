import { visible } from './visible.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for XML and HTML, in elements and in attributes; what no XML may hold, a line break too, shows as a sign. */
export function xml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** The same for an element in which lines stay lines. */
export function xmlLines(text: string): string {
  return text.split('\n').map(xml).join('\n');
}

import type { Schema } from './schema-at.ts';

/** What a schema says of a key, as Markdown: its title, what it is for, and an example. */
export function schemaWords({ title, description, examples: [example] = [] }: Schema): string {
  const shown = example === undefined ? [] : ['```yaml', JSON.stringify(example), '```'];
  return [title === undefined ? '' : `**${title}**`, description ?? '', shown.join('\n')].filter(Boolean).join('\n\n');
}

import type { Schema } from './schema-at.ts';

/** What a schema says of a key, as Markdown: its title, what it is for, and an example as it would be written. */
export function schemaWords({ title, description, examples: [example] = [] }: Schema, key: string): string {
  const shown = example === undefined ? [] : ['```yaml', `${key}: ${flow(example)}`, '```'];
  return [title === undefined ? '' : `**${title}**`, description ?? '', shown.join('\n')].filter(Boolean).join('\n\n');
}

/** A value in the flow style of YAML, with quotes where it would be something else without. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${flow(key)}: ${flow(member)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  if (typeof value !== 'string') return JSON.stringify(value);
  const isPlain =
    /^[A-Za-z][^:#,[\]{}"'\\&*!|>%@`\n]*$/.test(value) &&
    !/^(?:true|false|null)$/i.test(value) &&
    value.trim() === value;
  return isPlain ? value : JSON.stringify(value);
}

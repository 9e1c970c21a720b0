import { readMarkdown } from '../../../src/document/markdown.ts';
import type { FoundAgent, PlatformName } from '../../../src/import/found.ts';
import { recoverRelations } from '../../../src/import/relations/recover.ts';
import type { Recovered, Relation } from '../../../src/import/relations/relation.ts';
import { Lines } from '../../../src/text/source.ts';

/** An agent as its file says it: the file's name is its id unless the front matter holds a name. */
export function agent(file: string, text = '', platform: PlatformName = 'claude-code'): FoundAgent {
  const document = readMarkdown({ path: file, text: text === '' ? '---\n---\n' : text });
  const data = { ...(document.data as Record<string, unknown>) };
  const body = typeof data['instructions'] === 'string' ? data['instructions'] : '';
  const from = document.range({ pointer: ['instructions'] })[0];
  delete data['instructions'];
  const stem = (file.split('/').at(-1) as string).replace(/\.md$/, '');
  const name = typeof data['name'] === 'string' ? data['name'] : undefined;
  return {
    id: platform === 'opencode' ? file.replace(/\.md$/, '') : (name ?? stem),
    ...(name === undefined ? {} : { name }),
    platform,
    file,
    data,
    place: (pointer, on) => ({ file, pointer, span: document.range({ pointer, ...(on ? { on } : {}) }) }),
    header: { text: text.slice(0, from), place: (start, end) => ({ file, pointer: [], span: [start, end] }) },
    prompt: [
      { text: body, place: (start, end) => ({ file, pointer: ['instructions'], span: [from + start, from + end] }) },
    ],
  };
}

/** What a set of files, by path, says of each other. */
export function recovered(files: Readonly<Record<string, string>>, platform?: PlatformName): Recovered {
  return recoverRelations(Object.entries(files).map(([file, text]) => agent(file, text, platform)));
}

/** A relation in one line: `lead.md:7:3 lead delegates-to worker (exact, certain, heading "Delegates to")`. */
export function said(relation: Relation, files: Readonly<Record<string, string>>): string {
  const { line, column } = new Lines(files[relation.at.file] as string).position(relation.at.span?.[0] ?? 0);
  const { type, source, target, resolution, confidence, pattern, evidence } = relation;
  const how = resolution.kind === 'inexact' ? `by ${resolution.by} ${resolution.id}` : resolution.kind;
  return `${relation.at.file}:${line}:${column} ${source} ${type} ${target} (${how}, ${confidence}, ${pattern} "${evidence}")`;
}

/** The relations of one file among others, in one line each without their places. */
export function relations(text: string, others: readonly string[] = []): string[] {
  const files = { 'lead.md': text, ...Object.fromEntries(others.map((name) => [`${name}.md`, ''])) };
  return recovered(files).relations.map(({ type, target, resolution, confidence }) => {
    const how = resolution.kind === 'inexact' ? `by ${resolution.by} ${resolution.id}` : resolution.kind;
    return `${type} ${target} (${how}${confidence === 'likely' ? ', likely' : ''})`;
  });
}

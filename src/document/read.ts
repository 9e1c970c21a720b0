import type { Source } from '../text/source.ts';
import type { Document } from './document.ts';
import { readMarkdown } from './markdown.ts';
import { readYaml } from './yaml/yaml.ts';

/** Reads a file by its extension: `.md` and `.markdown` are Markdown, everything else is YAML. */
export function readDocument(source: Source): Document {
  return /\.(?:md|markdown)$/i.test(source.path) ? readMarkdown(source) : readYaml(source);
}

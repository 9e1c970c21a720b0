import type { SchemaName } from '../schema/schema-name.ts';

/** A file that is open in an editor, as it stands there. */
export interface EditedFile {
  readonly path: string;
  readonly text: string;
  readonly kind: 'yaml' | 'markdown';
  /** What the file is; nothing where it is none of the language. */
  readonly schema: SchemaName | undefined;
}

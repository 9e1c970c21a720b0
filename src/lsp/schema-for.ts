import type { SchemaName } from '../schema/schema-name.ts';

/** What a file of a team is, by where it lies; nothing for the files beside it that teamc does not read, such as a README. */
export function schemaFor(path: string, teamFile: string): SchemaName | undefined {
  if (path === teamFile) return 'team';
  const folder = teamFile.slice(0, teamFile.lastIndexOf('/') + 1);
  if (!path.startsWith(folder)) return undefined;
  const [first] = path.slice(folder.length).split('/');
  return first === 'roles' ? 'role' : first === 'scenarios' ? 'scenario' : undefined;
}

import { project, shipped } from '../project.ts';

/** Teams of one role, the smallest there are. */
export const TEAM = 'teamc: 1\nname: solo\nroles: { lead: { description: Leads., tools: read } }\n';
export const ROLE = '---\ndescription: Builds.\ntools: read\n---\n\nBuild.\n';
export const LINKED =
  'teamc: 1\nname: solo\nroles: { lead: { description: Leads., tools: read, delegates-to: builder } }\n';

/** The whole of what the command says about files, with its exit code. */
export function said(files: Readonly<Record<string, string | Uint8Array>>, ...argv: string[]): string {
  return outcome(project(files), argv);
}

/** The same of a folder. */
export function outcome(folder: string, argv: readonly string[] = []): string {
  const { code, stdout, stderr } = shipped(folder, ['lint', ...argv]);
  return `${stdout}${stderr}exit ${code}\n`;
}

import { readDocument } from '../document/read.ts';
import type { Team } from '../team/team.ts';
import { compile, idsOf } from './compile.ts';
import type { PlannedFile, Target } from './target.ts';

/** What each role, by its id, is told on a platform: the text that the emitted files put before its work. */
export function promptsOf(team: Team, target: Target): ReadonlyMap<string, string> {
  const { files } = compile(team, target);
  const idOf = idsOf(team, target);
  const definitions = definitionsIn(files);
  return new Map(
    [...team.roles.values()].map((role) => {
      const bodies = files.filter(({ from, path }) => from === role.id && path.endsWith('.md')).map(bodyOf);
      const parts = [definitions.get(idOf(role)) ?? '', ...bodies];
      return [role.id, parts.filter((part) => part !== '').join('\n\n')];
    }),
  );
}

/** The body of an emitted file, without its front matter. */
function bodyOf({ path, content }: PlannedFile): string {
  const data = readDocument({ path, text: content }).data as { readonly instructions?: unknown } | undefined;
  return String(data?.instructions ?? '').trim();
}

/** Roo keeps the beginning of each prompt in one file for the team. */
function definitionsIn(files: readonly PlannedFile[]): ReadonlyMap<string, string> {
  const found = files.find(({ path }) => path.endsWith('.roomodes'));
  const data = found && (readDocument({ path: found.path, text: found.content }).data as Modes | undefined);
  return new Map((data?.customModes ?? []).map(({ slug, roleDefinition }) => [slug, roleDefinition]));
}

interface Modes {
  readonly customModes?: readonly { readonly slug: string; readonly roleDefinition: string }[];
}

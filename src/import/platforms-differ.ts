import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Draft } from './draft.ts';
import type { PlatformTeam } from './read-project.ts';
import { tell } from './tell.ts';

/** The fields in which a person would want the same agent to be the same wherever it runs. */
const COMPARED = ['description', 'instructions'] as const;

/** The agents that two platforms of one project have under the same name, and that do not say the same there. */
export function platformsDiffer(teams: readonly Pick<PlatformTeam, 'reader' | 'drafts'>[]): readonly Diagnostic[] {
  const first = new Map<string, { readonly draft: Draft; readonly title: string }>();
  return teams.flatMap(({ reader, drafts }) =>
    drafts.flatMap((draft): readonly Diagnostic[] => {
      const key = draft.agent.id.toLowerCase();
      const other = first.get(key);
      if (!other) {
        first.set(key, { draft, title: reader.title });
        return [];
      }
      const fields = differing(other.draft, draft);
      if (fields.length === 0) return [];
      const what = fields
        .map((field) => (field === 'instructions' ? 'the instructions' : `the ${field}`))
        .join(' and ');
      return [
        tell(
          'platforms-differ',
          'warning',
          draft.agent.place([]),
          `${reader.title} and ${other.title} both have an agent "${draft.agent.id}", and ${what} ${fields.length > 1 ? 'are' : what.endsWith('s') ? 'are' : 'is'} not the same.`,
          {
            related: [{ at: other.draft.agent.place([]), message: `${other.title}'s stands here` }],
            help: 'Keep one text: "teamc import" makes a team of both, from which each platform gets its files.',
            role: draft.agent.id,
          },
        ),
      ];
    }),
  );
}

/** The fields that two drafts do not have in common; white space does not count. */
export function differing(a: Draft, b: Draft): readonly (typeof COMPARED)[number][] {
  return COMPARED.filter((field) => plain(a.fields[field]) !== plain(b.fields[field]));
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
}

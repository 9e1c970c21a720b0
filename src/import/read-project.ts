import type { LoadedTeam } from '../team/read.ts';
import type { Place } from '../text/place.ts';
import { carryComments } from './comments.ts';
import type { Draft } from './draft.ts';
import type { ReadFile } from './files.ts';
import { type Found, PLATFORMS } from './found.ts';
import { type FoundLadder, ladderOf } from './ladder.ts';
import { loadedOf, nameOf } from './loaded-team.ts';
import { ownDraft } from './own/translate.ts';
import type { Common, Reader, RelationsOf } from './reader.ts';
import { READERS } from './readers.ts';
import { type Related, relate } from './relate.ts';
import { recoverRelations } from './relations/recover.ts';
import type { Recovered, Relation } from './relations/relation.ts';
import { definitionOf, ownDefinition } from './team-definition.ts';

/** One platform's agents of a project, in the words of the language and linked to a team. */
export interface PlatformTeam {
  readonly reader: Reader;
  readonly found: Found;
  readonly drafts: readonly Draft[];
  /** Those whose files teamc wrote, and that are read back as what they were built from. */
  readonly own: ReadonlySet<Draft>;
  /** The team file that these agents would have, without roles. */
  readonly definition: Readonly<Record<string, unknown>>;
  readonly recovered: Recovered;
  readonly related: Related;
  readonly ladder?: FoundLadder;
  readonly common?: Common;
  readonly loaded: LoadedTeam;
}

/** Reads the agents of each platform that a project has files of, and links each platform's to a team. */
export function readProject(root: string, files: readonly ReadFile[]): readonly PlatformTeam[] {
  return PLATFORMS.flatMap((platform) => {
    const reader = READERS[platform];
    const own = files.filter((file) => file.platform === platform);
    return reader && own.length > 0 ? [readPlatform(root, reader, own)] : [];
  });
}

function readPlatform(root: string, reader: Reader, files: readonly ReadFile[]): PlatformTeam {
  const found = reader.read(files);
  const own = new Map(
    found.agents.flatMap((agent) => {
      const read = ownDraft(agent);
      return read ? [[agent, read] as const] : [];
    }),
  );
  const drafts = found.agents.map((agent) => own.get(agent)?.draft ?? reader.translate(agent));
  const mine = new Set([...own.values()].map(({ draft }) => draft));
  const foreign = found.agents.filter((agent) => !own.has(agent));
  const recovered = recoverRelations(foreign);
  const related = relate(drafts, recovered);
  for (const draft of drafts) carryComments(draft, (key) => fieldOf(draft, key));
  const byId = new Map(drafts.map((draft) => [draft.agent.id, draft]));
  for (const { source, level, at } of recovered.levels) levelFromText(byId.get(source), level, at);
  const common = reader.common?.(files, foreign.length > 0);
  const ladder = ladderOf(recovered.ladders);
  const definition = {
    ...definitionOf(nameOf(root), drafts, { common, related, ladder, own: mine }),
    ...ownDefinition([...own.values()]),
  };
  const problems = [
    ...found.problems,
    ...(common?.problems ?? []),
    ...(reader.check?.(drafts, bySource(related.structured)) ?? []),
  ];
  return {
    reader,
    found,
    drafts,
    own: mine,
    definition,
    recovered,
    related,
    ...(ladder ? { ladder } : {}),
    ...(common ? { common } : {}),
    loaded: {
      ...loadedOf(root, { found, drafts, definition, common, problems }),
      inPlace: { target: reader.target, guesses: guessesIn(recovered), namesakes: namesakesIn(recovered) },
    },
  };
}

function bySource(relations: readonly Relation[]): RelationsOf {
  const lists = new Map<string, Relation[]>();
  for (const relation of relations) {
    const known = lists.get(relation.source);
    if (known) known.push(relation);
    else lists.set(relation.source, [relation]);
  }
  return (source) => lists.get(source) ?? [];
}

/** Whom names may mean that several agents answer to. */
function namesakesIn({ relations }: Recovered): ReadonlyMap<string, readonly string[]> {
  return new Map(
    relations.flatMap(({ at, resolution }) =>
      resolution.kind === 'ambiguous' && at.span ? [[`${at.file}:${at.span[0]}`, resolution.ids] as const] : [],
    ),
  );
}

/** Where relations stand of which no place is certain. */
function guessesIn({ relations }: Recovered): ReadonlySet<string> {
  const key = ({ source, type, target }: Relation): string => JSON.stringify([source, type, target]);
  const certain = new Set(relations.filter(({ confidence }) => confidence === 'certain').map(key));
  const guessed = relations.filter((relation) => !certain.has(key(relation)));
  return new Set(guessed.flatMap(({ at }) => (at.span ? [`${at.file}:${at.span[0]}`] : [])));
}

/** The field that a key of the author's became. */
function fieldOf({ agent, fields, recovered }: Draft, key: string): string | undefined {
  const kept = `x-${key}`;
  const [start, end] = agent.data[key] === undefined ? [0, 0] : (agent.place([key]).span ?? [0, 0]);
  const inside = recovered.filter(
    ({ at }) => at.span && at.file === agent.file && at.span[0] >= start && at.span[1] <= end && end > start,
  );
  const own = inside.find(({ field }) => field.startsWith(key)) ?? inside[0];
  return own?.field ?? (fields[kept] === undefined ? undefined : kept);
}

function levelFromText(draft: Draft | undefined, level: string, at: Place): void {
  if (!draft || draft.fields['level'] !== undefined || level === '') return;
  draft.set('level', level, at, { from: 'label "Level"' });
}

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import type { RoleDefinition, TeamDefinition } from '../schema/generated/definitions.ts';
import { sound } from '../schema/sound.ts';
import { link, type RoleSource } from '../team/link.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Place, Pointer } from '../text/place.ts';
import { carryComments } from './comments.ts';
import { type Draft, type Mapping, translated } from './draft.ts';
import type { ReadFile } from './files.ts';
import { type Found, PLATFORMS } from './found.ts';
import { type FoundLadder, ladderOf } from './ladder.ts';
import { type OwnDraft, ownDraft } from './own/translate.ts';
import { rank } from './ranks.ts';
import type { Common, Reader, RelationsOf } from './reader.ts';
import { READERS } from './readers.ts';
import { type Related, relate } from './relate.ts';
import { recoverRelations } from './relations/recover.ts';
import type { Recovered, Relation } from './relations/relation.ts';

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

/** What the sections of files that teamc wrote say of the team as a whole. */
function ownDefinition(own: readonly OwnDraft[]): Readonly<Record<string, unknown>> {
  const groups = new Map(own.flatMap(({ named }) => [...named.groups]));
  const people = new Set(own.flatMap(({ named }) => [...named.people]));
  people.delete('user');
  const escalation = own.find((one) => one.escalation !== undefined)?.escalation;
  return {
    ...(groups.size > 0 ? { groups: Object.fromEntries(groups) } : {}),
    ...(people.size > 0 ? { people: Object.fromEntries([...people].map((id) => [id, {}])) } : {}),
    ...(escalation === undefined ? {} : { escalation }),
  };
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

interface TeamParts {
  readonly common: Common | undefined;
  readonly related: Related;
  readonly ladder: FoundLadder | undefined;
  readonly own: ReadonlySet<Draft>;
}

/** What the team file says: where work comes in, people, levels, models, and what the platform's settings hold. */
function definitionOf(
  name: string,
  drafts: readonly Draft[],
  { common, related, ladder, own }: TeamParts,
): Readonly<Record<string, unknown>> {
  const levels = rank(drafts, own);
  const people = related.people.filter(({ id }) => id !== 'user');
  const models = new Map<string, Record<string, string>>();
  for (const { fields, agent } of drafts) {
    const model = fields['model'];
    if (typeof model !== 'string') continue;
    const target = READERS[agent.platform]!.target;
    models.set(model, { ...models.get(model), [target]: model });
  }
  return {
    teamc: 1,
    name,
    entry: entriesOf(drafts),
    ...(people.length > 0
      ? { people: Object.fromEntries(people.map((person) => [person.id, { description: person.name }])) }
      : {}),
    ...(levels.length > 0 ? { levels } : {}),
    ...(models.size > 0 ? { models: Object.fromEntries(models) } : {}),
    ...common?.definition,
    ...(ladder ? { escalation: ladder.steps.map(({ step }) => step) } : {}),
  };
}

/**
 * Where requests come in: the main thread may start any agent, so these are all to whom nobody hands work, and for rings
 * that nobody else leads to, their first.
 */
function entriesOf(drafts: readonly Draft[]): readonly string[] {
  const next = new Map(drafts.map(({ agent, fields }) => [agent.id, namesIn(fields['delegates-to'])]));
  const given = new Set([...next].flatMap(([id, names]) => names.filter((name) => name !== id)));
  const entries = drafts.map(({ agent }) => agent.id).filter((id) => !given.has(id));
  const reached = new Set<string>();
  const reach = (start: string): void => {
    const queue = [start];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (reached.has(id)) continue;
      reached.add(id);
      queue.push(...(next.get(id) ?? []));
    }
  };
  for (const id of entries) reach(id);
  for (const { agent } of drafts)
    if (!reached.has(agent.id)) {
      entries.push(agent.id);
      reach(agent.id);
    }
  return entries;
}

function namesIn(edges: unknown): readonly string[] {
  if (!Array.isArray(edges)) return [];
  return edges.flatMap((item: unknown) => {
    const role = typeof item === 'object' && item !== null && 'role' in item ? item.role : item;
    return (Array.isArray(role) ? role : [role]).filter((name): name is string => typeof name === 'string');
  });
}

interface Parts {
  readonly found: Found;
  readonly drafts: readonly Draft[];
  readonly definition: Readonly<Record<string, unknown>>;
  readonly common: Common | undefined;
  readonly problems: readonly Diagnostic[];
}

function loadedOf(root: string, { found, drafts, definition, common, problems }: Parts): LoadedTeam {
  const documents = new Map<string, Document>(found.documents);
  for (const document of common?.documents ?? []) documents.set(document.path, document);
  for (const [file, group] of groupByFile(drafts)) documents.set(file, documentOf(file, group, documents.get(file)));
  if (common?.file !== undefined) {
    const settings = documents.get(common.file);
    if (settings) documents.set(common.file, translated(settings, settings.kind, definition, common.mappings));
  }
  const at: Place = { file: common?.file ?? seatOf(root, drafts), pointer: [] };
  // What the team file would say has no file here: its place is the folder of the agents.
  if (!documents.has(at.file)) documents.set(at.file, translated({ path: at.file, text: '' }, 'yaml', definition, []));
  const roles = drafts.map((draft): RoleSource => {
    const place: Place = { file: draft.agent.file, pointer: baseOf(draft) };
    return {
      id: draft.agent.id,
      at: place,
      fields: sound('role', inlined(draft.fields, definition), place).data as RoleDefinition,
    };
  });
  const team = link({
    at,
    folder: nameOf(root),
    definition: sound('team', definition, at).data as unknown as TeamDefinition,
    roles,
    uses: new Map(),
    usesRings: [],
  });
  return { team, documents, problems, ownFiles: new Set(documents.keys()) };
}

/** Where a finding about the team as a whole stands: the list of its agents, or the folder of the first. */
function seatOf(root: string, [first]: readonly Draft[]): string {
  if (!first) return root;
  const { file, inList } = first.agent;
  return inList || !file.includes('/') ? file : file.slice(0, file.lastIndexOf('/'));
}

/** Fields with blocks of permissions written out: no file of the project holds them, so that the role is their place. */
function inlined(fields: Readonly<Record<string, unknown>>, definition: Readonly<Record<string, unknown>>) {
  const { permissions } = fields;
  const blocks = (definition['permissions'] ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(permissions)) return fields;
  const open = (item: unknown): unknown => {
    const block = typeof item === 'string' ? blocks[item] : undefined;
    return typeof block === 'object' && !Array.isArray(block) ? block : item;
  };
  return { ...fields, permissions: permissions.map(open) };
}

function baseOf({ agent }: Draft): Pointer {
  return agent.inList ? ['roles', agent.id] : [];
}

function groupByFile(drafts: readonly Draft[]): ReadonlyMap<string, readonly Draft[]> {
  const files = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const known = files.get(draft.agent.file);
    if (known) known.push(draft);
    else files.set(draft.agent.file, [draft]);
  }
  return files;
}

function documentOf(file: string, drafts: readonly Draft[], plain: Document | undefined): Document {
  const inList = drafts.some(({ agent }) => agent.inList);
  const data = inList
    ? { roles: Object.fromEntries(drafts.map(({ agent, fields }) => [agent.id, fields])) }
    : drafts[0]?.fields;
  const mappings = drafts.flatMap((draft): readonly Mapping[] => {
    const base = baseOf(draft);
    const at = draft.agent.place([]);
    return [{ pointer: base, at, ...(inList ? {} : { key: at }) }, ...draft.placesBelow(base)];
  });
  const source = { path: file, text: plain?.text ?? '' };
  return translated(source, plain?.kind ?? 'markdown', data, mappings);
}

/** A name for the team: that of the project's folder, or of the only file. */
function nameOf(root: string): string {
  const name = root
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .at(-1);
  return (
    name
      ?.replace(/(?<=.)(?:\.mode|\.agent)?\.(?:md|txt|json|ya?ml)$/i, '')
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'team'
  );
}

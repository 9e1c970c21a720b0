import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import type { RoleDefinition, TeamDefinition } from '../schema/generated/definitions.ts';
import { sound } from '../schema/sound.ts';
import { link, type RoleSource } from '../team/link.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Place, Pointer } from '../text/place.ts';
import { type Draft, type Mapping, translated } from './draft.ts';
import type { Found } from './found.ts';
import type { Common } from './reader.ts';

interface Parts {
  readonly found: Found;
  readonly drafts: readonly Draft[];
  readonly definition: Readonly<Record<string, unknown>>;
  readonly common: Common | undefined;
  readonly problems: readonly Diagnostic[];
}

/** The agents as a team that is linked, with the platform's files as its documents. */
export function loadedOf(root: string, { found, drafts, definition, common, problems }: Parts): LoadedTeam {
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
export function nameOf(root: string): string {
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

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import { locatePlace } from '../document/position.ts';
import type { Place } from '../text/place.ts';
import { trimmedEnd } from '../text/trim.ts';
import type { Draft } from './draft.ts';
import type { ReadFile } from './files.ts';
import { platformsDiffer } from './platforms-differ.ts';
import type { PlatformTeam } from './read-project.ts';
import type { Relation } from './relations/relation.ts';
import type { WrittenRole, WrittenTeam } from './write-team.ts';

/** A place as a person finds it. */
export interface Spot {
  readonly file: string;
  readonly line: number;
}

/** What became of one file. */
export interface FileAnswer extends Spot {
  readonly platform: string;
  /** `role` and `settings` were read; `none` holds nothing that could be read as an agent; `lost` could not be read at all. */
  readonly answer: 'role' | 'settings' | 'none' | 'lost';
  readonly roles: readonly string[];
  readonly because?: string;
}

/** What became of one role. */
export interface RoleAnswer extends Spot {
  readonly id: string;
  readonly platform: string;
  /** What became data, with where it was said and how sure that is. */
  readonly structured: readonly (Spot & {
    readonly field: string;
    readonly from: string;
    readonly confidence: string;
  })[];
  /** The sections of the text that stay text, each under its heading. */
  readonly prose: readonly (Spot & { readonly heading: string })[];
  /** Keys of the author's that the language has no word for. */
  readonly kept: readonly string[];
  /** The key under which the role keeps what its platform says otherwise than the first. */
  readonly aside?: string;
  /** What its description was made of, when no file has one. */
  readonly described?: string;
}

/** One relation that was found, and what its name led to. */
export interface RelationAnswer extends Spot {
  readonly type: string;
  readonly from: string;
  readonly written: string;
  readonly to?: string;
  readonly resolution: Relation['resolution']['kind'];
  readonly by?: string;
  /** The agents that the name may mean. */
  readonly among?: readonly string[];
  readonly evidence: string;
  readonly confidence: string;
  /** Whether it is data now; what names a class of agents stays text. */
  readonly structured: boolean;
}

/** Everything that an import has to say of itself. */
export interface Account {
  readonly version: 1;
  readonly platforms: readonly { readonly platform: string; readonly agents: number; readonly files: number }[];
  readonly files: readonly FileAnswer[];
  readonly roles: readonly RoleAnswer[];
  readonly relations: readonly RelationAnswer[];
  /** Conditions to escalate that stay text: of a role that says of nobody, or of several, to whom it escalates. */
  readonly conditions: readonly (Spot & { readonly from: string; readonly heading: string; readonly items: number })[];
  readonly mentions: readonly (Spot & { readonly from: string; readonly to: string; readonly times: number })[];
  readonly findings: readonly (Spot & Pick<Diagnostic, 'rule' | 'severity' | 'message'>)[];
  /** Files of which nothing could be carried over, and folders that could not be looked into. */
  readonly lost: number;
}

/** Says of each file, role and relation what became of it. `unlisted` is what was in the way of finding the files. */
export function accountFor(
  teams: readonly PlatformTeam[],
  files: readonly ReadFile[],
  written: WrittenTeam,
  unlisted: readonly Diagnostic[] = [],
): Account {
  const documents = new Map<string, Document>(teams.flatMap(({ loaded }) => [...loaded.documents]));
  const spot = (at: Place): Spot => {
    const { file, line } = locatePlace(at, documents);
    return { file, line };
  };
  const rolesIn = rolesByFile(teams);
  const told = new Map(
    teams
      .flatMap(({ loaded }) => loaded.problems)
      .map(({ at, message }) => [at.file, message])
      .reverse() as [string, string][],
  );
  const answers = files.map((file) => fileAnswer(file, rolesIn.get(file.path) ?? [], told.get(file.path)));
  const roles = new Map(written.roles.map((role) => [role.id.toLowerCase(), role]));
  return {
    version: 1,
    platforms: teams.map(({ reader, drafts }) => ({
      platform: reader.platform,
      agents: drafts.length,
      files: files.filter(({ platform }) => platform === reader.platform).length,
    })),
    files: answers,
    roles: teams.flatMap(({ drafts }) =>
      drafts.map((draft) => roleAnswer(draft, spot, documents, roles.get(draft.agent.id.toLowerCase()))),
    ),
    relations: teams.flatMap(({ related }) => [
      ...related.structured.map((relation) => relationAnswer(relation, spot, true)),
      ...related.prose.map((relation) => relationAnswer(relation, spot, false)),
    ]),
    conditions: teams.flatMap(({ related }) =>
      related.unassigned.map(({ source, label, items, at }) => ({
        from: source,
        heading: label,
        items: items.length,
        ...spot(at),
      })),
    ),
    mentions: teams.flatMap(({ recovered }) =>
      recovered.mentions.map(({ source, resolution, at, times }) => ({
        from: source,
        to: resolution.id,
        times,
        ...spot(at),
      })),
    ),
    findings: [...unlisted, ...teams.flatMap(({ loaded }) => loaded.problems), ...platformsDiffer(teams)].map(
      ({ rule, severity, message, at }) => ({ rule, severity, message, ...spot(at) }),
    ),
    lost:
      answers.filter(({ answer }) => answer === 'lost').length +
      unlisted.filter(({ severity }) => severity === 'error').length,
  };
}

/** The roles that came of each file: an agent's own, and those of its instructions. */
function rolesByFile(teams: readonly PlatformTeam[]): ReadonlyMap<string, readonly string[]> {
  const roles = new Map<string, string[]>();
  for (const { agent } of teams.flatMap(({ drafts }) => drafts))
    for (const file of new Set([
      agent.file,
      ...(agent.also ?? []),
      ...agent.prompt.map((passage) => passage.place(0, 0).file),
    ])) {
      const known = roles.get(file);
      if (known) known.push(agent.id);
      else roles.set(file, [agent.id]);
    }
  return roles;
}

function fileAnswer(file: ReadFile, roles: readonly string[], told: string | undefined): FileAnswer {
  const head = { file: file.path, line: 1, platform: file.platform };
  if ('problem' in file) return { ...head, answer: 'lost', roles: [], because: file.problem.message };
  if (roles.length > 0) return { ...head, answer: 'role', roles };
  if (file.kind === 'settings' || file.kind === 'plugin') return { ...head, answer: 'settings', roles };
  const because = file.kind === 'rules' ? 'No mode of this project has these rules.' : 'It holds no agent.';
  return { ...head, answer: 'none', roles, because: told ?? because };
}

function roleAnswer(
  draft: Draft,
  spot: (at: Place) => Spot,
  documents: ReadonlyMap<string, Document>,
  role: WrittenRole | undefined,
): RoleAnswer {
  const { agent, fields, recovered } = draft;
  const { unfit = [], described } = role ?? {};
  const aside = `x-${agent.platform}`;
  return {
    id: agent.id,
    platform: agent.platform,
    ...spot(agent.place([])),
    structured: recovered
      .filter(({ field }) => !unfit.includes(field))
      .map(({ field, at, from, confidence }) => ({ field, from, confidence, ...spot(at) })),
    prose: proseOf(draft, documents).map(({ heading, at }) => ({ heading, ...spot(at) })),
    kept: [...Object.keys(fields).filter((key) => key.startsWith('x-')), ...unfit.map((field) => `x-${field}`)],
    ...(role && role.drafts[0] !== draft && aside in role.fields ? { aside } : {}),
    ...(described ? { described: described.from } : {}),
  };
}

/** The headings of an agent's texts below which nothing became data. */
function proseOf(
  { agent, recovered }: Draft,
  documents: ReadonlyMap<string, Document>,
): readonly { heading: string; at: Place }[] {
  return agent.prompt.flatMap((passage) => {
    const headings = headingsOf(passage.text);
    return headings.flatMap(({ title, start, end, line }) => {
      const { file, span } = passage.place(start, Math.max(start, end));
      const at = passage.place(start, start + line);
      const used = recovered.some((found) => {
        if (found.at.file !== file || !found.at.span || !span || !documents.has(file)) return false;
        return found.at.span[0] >= span[0] && found.at.span[1] <= span[1];
      });
      return used ? [] : [{ heading: title, at }];
    });
  });
}

function headingsOf(text: string): readonly { title: string; start: number; end: number; line: number }[] {
  const open: { title: string; start: number; line: number }[] = [];
  let fence = '';
  for (const match of text.matchAll(/^.*$/gm)) {
    const marks = /^\s*(```+|~~~+)/.exec(match[0])?.[1]?.slice(0, 3) ?? '';
    if (marks !== '' && (fence === '' || fence === marks)) fence = fence === '' ? marks : '';
    const written = fence === '' ? /^#{1,6}\s+(\S.*)$/.exec(match[0])?.[1] : undefined;
    const title = written && trimmedEnd(written, '#').trimEnd();
    if (title) open.push({ title, start: match.index, line: match[0].length });
  }
  return open.map((heading, index) => ({ ...heading, end: open[index + 1]?.start ?? text.length }));
}

function relationAnswer(relation: Relation, spot: (at: Place) => Spot, structured: boolean): RelationAnswer {
  const { type, source, target, resolution, evidence, confidence, at } = relation;
  return {
    type,
    from: source,
    written: target,
    ...('id' in resolution ? { to: resolution.id } : {}),
    resolution: resolution.kind,
    ...(resolution.kind === 'inexact' ? { by: resolution.by } : {}),
    ...(resolution.kind === 'ambiguous' ? { among: resolution.ids } : {}),
    evidence,
    confidence,
    structured,
    ...spot(at),
  };
}

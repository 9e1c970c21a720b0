import { listOf } from '../team/items.ts';
import { type Role, type Team, targets } from '../team/team.ts';
import { TOOLS, type Tool } from '../team/tools.ts';
import { own } from '../text/own.ts';
import { levelOf } from './claims.ts';
import type { Feature } from './features.ts';
import { edgeLine, flat, type Line, listed, type NameOf } from './phrases.ts';
import { sectionsOf, TITLES } from './sections.ts';
import { titleNote } from './summary.ts';
import type { Manifest } from './target.ts';
import { usable } from './usable.ts';

/** Another role, as a template lists it. */
export interface Neighbour {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** The edge in words, as it stands in the prompt. */
  readonly text: string;
}

/** What a template sees: one role in the words of the platform. Everything is plain data. */
export interface RoleView {
  readonly id: string;
  /** What people call the role; its id where nothing is said. */
  readonly name: string;
  /** The icon and the name. */
  readonly title: string;
  readonly description: string;
  readonly whenToUse: string;
  readonly proactive: boolean;
  readonly icon: string;
  readonly color: string;
  readonly level: string;
  readonly department: string;
  readonly tags: readonly string[];
  /** The model in the platform's own words; empty when there is none for it. */
  readonly model: string;
  readonly temperature: number | null;
  readonly maxTurns: number | null;
  readonly mode: 'primary' | 'subagent' | 'all';
  /** The platform's names of the tools that the role has. */
  readonly tools: readonly string[];
  readonly skills: readonly string[];
  readonly delegatesTo: readonly Neighbour[];
  readonly escalatesTo: readonly Neighbour[];
  readonly instructions: string;
  /** The prompt is written as the instructions stand: no title, no sections. */
  readonly verbatim: boolean;
  readonly sections: readonly SectionView[];
  /** How the head of the prompt is to be read back, where it could be read in more than one way. */
  readonly notes: string;
  /** Says that what the role is for is one text, where it could be read as several. */
  readonly oneUse: string;
  /** How many of the last headings are sections, where the instructions have headings of the same words. */
  readonly lastSections: string;
  /** The file that the role stands in. */
  readonly source: string;
  /** The platform's own fields, from `targets` of the role. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** A section of the prompt, its bullets already written. */
export interface SectionView {
  readonly feature: Feature;
  readonly title: string;
  /** Markdown list items, numbered where the order counts. */
  readonly text: string;
}

/** Instructions without blank lines around them, and with the same line ends wherever they were written. */
function promptOf(instructions = ''): string {
  return instructions.trim().replaceAll('\r\n', '\n');
}

/** What the template needs of a role, for every target alike. */
export function viewOf(role: Role, team: Team, manifest: Manifest, nameOf: NameOf): RoleView {
  const { fields } = role;
  const name = flat(fields.name ?? role.id);
  const use = listOf(fields['when-to-use']);
  const icon = flat(fields.icon ?? '');
  const title = [icon, name].filter(Boolean).join(' ');
  const { prompt, ...extra } = ownFieldsOf(role, manifest.target);
  const verbatim = prompt === 'verbatim';
  const sections = (verbatim ? [] : sectionsOf(role, team, nameOf, manifest))
    .filter(({ feature }) => levelOf(manifest, feature) !== 'lost')
    .map(({ feature, title, lines, ordered }) => ({ feature, title, text: bullets(lines, ordered === true) }));
  const instructions = promptOf(fields.instructions);
  return {
    id: nameOf(role),
    name,
    title,
    description: flat(fields.description ?? ''),
    whenToUse: use.length === 1 ? flat(use[0]!) : listed(use, '; '),
    proactive: fields.proactive === true,
    icon: fields.icon ?? '',
    color: fields.color ?? '',
    level: fields.level ?? '',
    department: fields.department ?? '',
    tags: listOf(fields.tags),
    model: modelOf(role, team, manifest),
    temperature: fields.temperature ?? null,
    maxTurns: fields['max-turns'] ?? null,
    mode: fields.mode ?? (team.entries.includes(role) ? 'all' : 'subagent'),
    tools: toolNames(role, manifest),
    skills: listOf(fields.skills),
    delegatesTo: neighbours(role, 'delegates-to', nameOf),
    escalatesTo: neighbours(role, 'escalates-to', nameOf),
    instructions,
    verbatim,
    sections,
    notes: titleNote(title, icon, name),
    oneUse: use.length === 1 && listed(use, '; ') !== flat(use[0]!) ? ', its use one text' : '',
    lastSections: lastSections(instructions, sections),
    source: role.at.file,
    extra,
  };
}

/** Tells apart the sections from headings like theirs in the instructions; nothing where there are none. */
function lastSections(instructions: string, sections: readonly SectionView[]): string {
  if (!HEADING.test(instructions)) return '';
  return `, its last ${sections.length} section${sections.length === 1 ? '' : 's'}`;
}

const HEADING = new RegExp(`^## (?:Permissions: |(?:${TITLES.join('|')})$)`, 'm');

/** What a role says of one platform alone. */
function ownFieldsOf({ fields }: Role, target: string): Readonly<Record<string, unknown>> {
  return (fields.targets?.[target] as Readonly<Record<string, unknown>> | undefined) ?? {};
}

/** The platform's names for the tools that a role can use, each once, in the order of the language. */
function toolNames(role: Role, manifest: Manifest): readonly string[] {
  const tools = (Object.keys(TOOLS) as Tool[]).filter((tool) => usable(role, tool));
  return [...new Set(tools.flatMap((tool) => manifest.tools?.[tool] ?? []))];
}

function modelOf({ fields }: Role, team: Team, manifest: Manifest): string {
  if (fields.model === undefined) return '';
  const named = own(team.definition.models, fields.model);
  if (named === undefined) return fields.model;
  const word = named[manifest.target];
  return typeof word === 'string' ? word : '';
}

function neighbours(role: Role, type: 'delegates-to' | 'escalates-to', nameOf: NameOf): readonly Neighbour[] {
  return role.edges
    .filter((edge) => edge.type === type)
    .flatMap((edge) => {
      const line = edgeLine(edge, nameOf);
      const text = typeof line === 'string' ? line : [line.text, ...line.under].join('; ');
      return targets(edge).map((other) => ({
        id: nameOf(other),
        name: other.fields.name ?? other.id,
        description: flat(other.fields.description ?? ''),
        text,
      }));
    });
}

function bullets(lines: readonly Line[], ordered: boolean): string {
  return lines
    .flatMap((line, index) => {
      const mark = ordered ? `${index + 1}.` : '-';
      if (typeof line === 'string') return `${mark} ${line}`;
      const indent = ' '.repeat(mark.length + 1);
      return [`${mark} ${line.text}`, ...line.under.map((under) => `${indent}- ${under}`)];
    })
    .join('\n');
}

import { authorityOf } from '../../analysis/authority.ts';
import { handOvers } from '../../analysis/hand-over.ts';
import type { Probe } from '../../analysis/probes.ts';
import { said } from '../../analysis/said.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { locatePlace } from '../../document/position.ts';
import { UnsupportedPattern } from '../../pattern/expression.ts';
import type { Plan } from '../../target/target.ts';
import { policyOf } from '../../team/policy.ts';
import type { LoadedTeam } from '../../team/read.ts';
import type { Role, Team } from '../../team/team.ts';
import { TOOLS, type Tool } from '../../team/tools.ts';
import { ruleText } from '../decision.ts';
import { type CardSection, roleSections } from '../role-card.ts';
import type { Documents } from '../rule-json.ts';
import { visible } from '../visible.ts';
import { MOST_ROUTED } from './layout-plan.ts';
import type { PageCall, PageData, PageFinding, PageSection } from './page-data.ts';
import type { TeamGraph } from './team-graph.ts';

/** How many columns of a field's value a card shows. */
const MOST_SHOWN = 600;

/** What a page tells besides the picture. */
export interface PageFacts {
  readonly loaded: LoadedTeam;
  readonly diagnostics: readonly Diagnostic[];
  readonly plans: readonly Plan[];
  /** The calls to show the ways to, besides those that the team itself speaks of. */
  readonly calls: readonly Probe[];
  /** Whether the team could be read well enough to say what its roles may do. */
  readonly sound: boolean;
}

/** Works out what the page's script needs. */
export function pageData(graph: TeamGraph, facts: PageFacts): PageData {
  const { sound } = facts;
  const words = interned();
  const card = (role: Role): readonly PageSection[] =>
    sectionsOf(role, facts).map(({ title, rows }) => [words.of(title), rows.map((row) => row.map(words.of))]);
  const nodes = graph.nodes.map(({ kind, id, title, role }) => ({
    kind,
    id: visible(id),
    title,
    about: visible(role?.fields.description ?? ''),
    card: role ? card(role) : [],
  }));
  const ways = sound ? waysOf(graph, facts) : { calls: [], over: [] };
  return {
    texts: words.texts,
    nodes,
    findings: findingsOf(graph, facts),
    ...ways,
    shown: graph.arcs.length > MOST_ROUTED ? [graph.relations[0]!] : graph.relations,
  };
}

/** The order in which a card tells: what a role can do and reach comes first. */
const ORDER = ['Tools', 'Reaches', 'Reached from', 'On each platform', 'Fields'];

/** What a role's card tells; nothing of what it may do where that can't be told. Places begin at the team's folder. */
function sectionsOf(role: Role, { loaded: { team, documents }, plans, sound }: PageFacts): readonly CardSection[] {
  const folder = team.at.file.replace(/[^/]*$/, '');
  const short = (text: string): string => (folder !== '' && text.startsWith(folder) ? text.slice(folder.length) : text);
  const sections = roleSections({ role, team, documents, plans: sound ? plans : [], sound }, MOST_SHOWN);
  return sections
    .toSorted((a, b) => ORDER.indexOf(a.title) - ORDER.indexOf(b.title))
    .map(({ title, rows }) => ({
      title,
      rows: rows
        .filter(([name]) => title !== 'Fields' || (name !== 'name' && name !== 'description'))
        .map((row) => row.map((text, column) => (column === 2 ? short(text) : text))),
    }));
}

/** Each text once, by its position: cards of one team say much the same. */
function interned(): { readonly texts: readonly string[]; of(text: string): number } {
  const texts: string[] = [];
  const known = new Map<string, number>();
  return {
    texts,
    of(text) {
      const position = known.get(text) ?? texts.push(visible(text)) - 1;
      known.set(text, position);
      return position;
    },
  };
}

function findingsOf({ nodes }: TeamGraph, { loaded, diagnostics }: PageFacts): readonly PageFinding[] {
  const { documents } = loaded;
  const positions = new Map(nodes.flatMap(({ role }, position) => (role ? [[role.id, position] as const] : [])));
  const byFile = new Map(nodes.flatMap(({ role }, position) => (role ? [[keyOf(role.at), position] as const] : [])));
  const about = ({ role, at }: Diagnostic): number => {
    if (role !== undefined) return positions.get(role) ?? -1;
    for (let depth = at.pointer.length; depth >= 0; depth--) {
      const found = byFile.get(keyOf({ file: at.file, pointer: at.pointer.slice(0, depth) }));
      if (found !== undefined) return found;
    }
    return -1;
  };
  return diagnostics.map((diagnostic) => {
    const { rule, severity, message, help = '', at } = diagnostic;
    return {
      rule,
      severity,
      message: visible(message),
      help: visible(help),
      place: placeOf(at, documents),
      role: about(diagnostic),
    };
  });
}

function keyOf({ file, pointer }: Pick<Role['at'], 'file' | 'pointer'>): string {
  return JSON.stringify([file, ...pointer]);
}

function placeOf(at: Role['at'], documents: Documents): string {
  const { file, line } = locatePlace(at, documents);
  return visible(`${file}:${line}`);
}

/** Who may make which calls, and who hands over to whom; positions are those of the nodes. */
function waysOf(graph: TeamGraph, { loaded, calls }: PageFacts): Pick<PageData, 'calls' | 'over'> {
  const { team, documents } = loaded;
  const roles = [...team.roles.values()];
  const index = new Map(roles.map((role, position) => [role, position]));
  const indexOf = (role: Role): number => index.get(role) ?? -1;
  const place = new Map(
    graph.nodes.flatMap(({ role }, position) => (role ? [[indexOf(role), position] as const] : [])),
  );
  // Who is not in the picture comes behind those that are; nodes that stand for shared rules are below zero.
  const position = (number: number): number =>
    number >= roles.length ? roles.length - number - 1 : (place.get(number) ?? graph.nodes.length + number);
  const authority = authorityOf(roles, indexOf);
  const found = (probe: Probe): PageCall => {
    const own = authority.own(roles, probe, false);
    const ends = roles.flatMap((role): PageCall['ends'] => {
      const call = own(role);
      if (typeof call !== 'object') return [];
      const spoken = said(policyOf(role, probe.tool), call.witness);
      return [
        [
          position(indexOf(role)),
          call.decision,
          visible(call.witness),
          `${ruleText(spoken)}, ${placeOf(spoken.at, documents)}`,
        ],
      ];
    });
    return { name: visible(probe.pattern === '*' ? probe.tool : `${probe.tool}:${probe.pattern}`), ends };
  };
  return {
    calls: probesFor(team, calls).flatMap((probe) => decidable(() => found(probe))),
    over: handOvers(roles, indexOf, false).arcs.map(({ from, to, asked, by }) => [
      position(from),
      position(to),
      asked ? 1 : 0,
      by,
    ]),
  };
}

/** A call that is too large to be decided is not shown. */
function decidable<T>(compute: () => T): readonly T[] {
  try {
    return [compute()];
  } catch (error) {
    if (error instanceof UnsupportedPattern) return [];
    throw error;
  }
}

/** The calls that are asked for, those that the team's assertions speak of, and each tool as a whole; each once. */
function probesFor(team: Team, asked: readonly Probe[]): readonly Probe[] {
  const claimed = team.assertions.flatMap((assertion) =>
    assertion.kind === 'never' || assertion.kind === 'count' ? assertion.claim.calls : [],
  );
  const granted = new Set([...team.roles.values()].flatMap(({ grants }) => grants.map(({ tool }) => tool)));
  const tools = (Object.keys(TOOLS) as Tool[]).filter((tool) => granted.has(tool));
  const all = [
    ...asked,
    ...claimed.map(({ tool, pattern }) => ({ tool, pattern })),
    ...tools.map((tool) => ({ tool, pattern: '*' })),
  ];
  return [...new Map(all.map((probe) => [JSON.stringify([probe.tool, probe.pattern]), probe])).values()];
}

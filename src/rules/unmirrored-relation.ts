import { type Edge, type Group, type Reference, type Role, targets } from '../team/team.ts';
import { enumerate } from '../text/enumerate.ts';
import { keyOf } from '../text/place.ts';
import type { Rule, RuleContext } from './rule.ts';
import { withoutReference } from './take-out.ts';
import { isUnreadable } from './written.ts';

/** Where two sides tell different stories of one hand-over, one of them waits in vain or is taken by surprise. */
export const unmirroredRelation: Rule = {
  id: 'unmirrored-relation',
  summary: 'What a role receives and what others hand to it do not agree.',
  severity: 'warning',

  check(context) {
    const sends = sending(context);
    const givers = new Map<Role, Map<Role, Edge>>();
    for (const edge of context.team.edges) {
      if (edge.type === 'receives-from') reportSilent(edge, sends, context);
      if (edge.type === 'delegates-to') for (const to of targets(edge)) remember(givers, to, edge);
    }
    for (const [role, edges] of givers) reportLeftOut(role, edges, context);
  },
};

function remember(givers: Map<Role, Map<Role, Edge>>, to: Role, edge: Edge): void {
  const edges = givers.get(to) ?? new Map<Role, Edge>();
  givers.set(to, edges);
  if (edge.from !== to && !edges.has(edge.from)) edges.set(edge.from, edge);
}

/** Tells of a source that hands nothing over. A group is as good as any of its members. */
function reportSilent(edge: Edge, sends: (from: Role, to: Role) => boolean, { report }: RuleContext): void {
  const { from, to } = edge;
  for (const reference of to) {
    if (reference.kind !== 'role' && reference.kind !== 'group') continue;
    const sources = reference.kind === 'role' ? [reference.role] : reference.group.members;
    if (sources.some((source) => source === from || sends(source, from))) continue;
    const [name, who] =
      reference.kind === 'role'
        ? [reference.role.id, reference.role.id]
        : [`the group ${reference.group.id}`, 'none of its members'];
    report({
      at: reference.at,
      role: from.id,
      message: `${from.id} receives from ${name}, but ${who} ${reference.kind === 'role' ? 'hands it nothing' : 'hands it anything'}.`,
      ...(reference.kind === 'role'
        ? { related: [{ at: keyOf(reference.role.at), message: `${name} does not name ${from.id}` }] }
        : { related: [{ at: keyOf(reference.group.at), message: `the group ${reference.group.id}` }] }),
      help: `Add ${from.id} to "delegates-to", "escalates-to", "reports-to" or "collaborates-with" there, or take ${name} out here.`,
      ...withoutReference(name, edge, reference),
    });
  }
}

/** Tells of delegations to a role whose list of sources leaves them out. */
function reportLeftOut(role: Role, givers: ReadonlyMap<Role, Edge>, { report }: RuleContext): void {
  if (!role.own || role.fields['receives-from'] === undefined) return;
  const sources = role.edges.filter(({ type }) => type === 'receives-from').flatMap(({ to }) => to);
  if (sources.some(({ kind }) => kind === 'unresolved' || kind === 'word')) return;
  const named = new Set(targets({ to: sources }));
  const missing = [...givers.values()].filter(({ from }) => !named.has(from));
  if (missing.length === 0) return;
  const names = enumerate(missing.map(({ from }) => from.id));
  report({
    at: role.place('receives-from'),
    role: role.id,
    message: `${names} ${missing.length === 1 ? 'delegates' : 'delegate'} to ${role.id}, whose "receives-from" does not say so.`,
    related: missing.slice(0, 12).map(({ from, at }) => ({ at, message: `${from.id} delegates to ${role.id}` })),
    help: `Add ${names} to the list, or take the delegation out.`,
  });
}

/** Answers whether a role hands anything to another: work, failures, reports, messages, or a part in the work of others. */
function sending({ team, loaded }: RuleContext): (from: Role, to: Role) => boolean {
  const names = new Map<Role, Named>();
  const members = new Map<Group, ReadonlySet<Role>>();
  for (const group of team.groups.values()) members.set(group, new Set(group.members));
  return (from, to) => {
    if (isUnreadable(loaded, from.at.file)) return true;
    const named = names.get(from) ?? namedBy(from);
    names.set(from, named);
    return (
      named.unknown ||
      named.roles.has(to) ||
      named.groups.some((group) => members.get(group)?.has(to) ?? group.members.includes(to)) ||
      (named.delegator && to.edges.some((edge) => edge.type === 'delegates-to' && targets(edge).includes(from)))
    );
  };
}

/** Everyone to whom a role hands something. */
interface Named {
  readonly roles: ReadonlySet<Role>;
  readonly groups: readonly Group[];
  readonly delegator: boolean;
  /** Some name could not be resolved, so it might be anyone. */
  readonly unknown: boolean;
}

function namedBy({ edges, work }: Role): Named {
  const references: readonly Reference[] = [
    ...edges
      .filter(({ type, direction }) => type !== 'receives-from' && direction !== 'in')
      .flatMap((edge) => [...edge.to, ...edge.with]),
    ...[...work.messages.values()].flat(),
  ];
  return {
    roles: new Set(references.flatMap((one) => (one.kind === 'role' ? one.role : []))),
    groups: references.flatMap((one) => (one.kind === 'group' ? one.group : [])),
    delegator: references.some((one) => one.kind === 'word' && one.word === 'delegator'),
    unknown: references.some(({ kind }) => kind === 'unresolved'),
  };
}

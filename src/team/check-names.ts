import type { TeamDefinition } from '../schema/generated/definitions.ts';
import { below, type Place } from '../text/place.ts';
import { type Condition, conditionsOf } from './condition.ts';
import { entries, items } from './items.ts';
import { type Blocks, grantsOf, permissionsOf } from './permissions.ts';
import type { Draft, Scope } from './scope.ts';
import type { Step } from './team.ts';

/** What a role may name beside other roles. */
export interface Catalog {
  readonly models: readonly string[];
  readonly gates: ReadonlySet<string>;
}

/** Resolves the names in a role that its relations and its work do not: only to tell of those that lead nowhere. */
export function checkRole(draft: Draft, catalog: Catalog, scope: Scope): void {
  const { level, model, extends: base } = draft.fields;
  if (base !== undefined) scope.role(base, below(draft.at, 'extends'), draft);
  if (level !== undefined && !scope.levels.includes(level))
    scope.unknown('level', level, draft.place('level'), scope.levels, draft);
  if (model !== undefined && !catalog.models.includes(model) && !isPlatformModel(model))
    scope.unknown('model', model, draft.place('model'), catalog.models, draft);
  for (const { instead, rule } of draft.rules)
    if (instead !== undefined) scope.role(instead, below(rule, 'instead'), draft);
  checkGates(draft, catalog, scope);
  checkMeasures(draft, scope);
}

function checkGates(draft: Draft, { gates }: Catalog, scope: Scope): void {
  for (const { gates: named, at } of [...draft.edges, ...stepsIn(draft)])
    for (const gate of named) if (!gates.has(gate)) scope.unknown('gate', gate, below(at, 'gate'), [...gates], draft);
}

function checkMeasures(draft: Draft, scope: Scope): void {
  for (const { when, at } of conditionsIn(draft))
    for (const { measures, steps } of when)
      for (const [measure, { of }] of measures)
        if (of !== undefined) scope.measured(of, below(at, 'when', ...steps, measure, 'of'), draft);
}

/** Resolves the names in a team file that stand in no role: in tool groups and permission blocks. */
export function checkTeam(definition: TeamDefinition, at: Place, blocks: Blocks, scope: Scope): void {
  const toolGroups = definition['tool-groups'] ?? {};
  const unknown = scope.unknown.bind(scope);
  for (const [name, tools] of entries(toolGroups))
    grantsOf(tools, toolGroups, (...steps) => below(at, 'tool-groups', name, ...steps), unknown);
  for (const { value, at: place } of blocks.values())
    for (const { instead, rule } of permissionsOf(value, place, blocks, unknown))
      if (instead !== undefined) scope.role(instead, below(rule, 'instead'));
}

function stepsIn({ work }: Draft): readonly Step[] {
  return [
    ...work.workflow,
    ...work.playbooks.flatMap(({ steps }) => steps),
    ...work.examples.flatMap(({ tasks }) => tasks),
  ];
}

/** Everything in a role that holds only under a condition. */
function conditionsIn(draft: Draft): readonly { readonly when: readonly Condition[]; readonly at: Place }[] {
  const { edges, work, fields } = draft;
  const reads = items(fields.reads).flatMap(({ item, steps }) =>
    typeof item === 'string' ? [] : [{ when: conditionsOf(item.when), at: draft.place('reads', ...steps) }],
  );
  const messages = entries(fields.messages).map(([name, { when }]) => ({
    when: conditionsOf(when),
    at: draft.place('messages', name),
  }));
  return [...edges, ...work.must, ...work.playbooks, ...stepsIn(draft), ...reads, ...messages];
}

/** Names that a platform itself knows: Claude Code's aliases and ids, and `provider/model` of opencode. */
function isPlatformModel(name: string): boolean {
  return /^(?:opus|sonnet|haiku|fable|inherit)$|^claude-|\//.test(name);
}

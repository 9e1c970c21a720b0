import type { Step as WrittenStep } from '../schema/generated/definitions.ts';
import type { Place } from '../text/place.ts';
import { conditionsOf } from './condition.ts';
import { entries, items, listOf } from './items.ts';
import { callsOf } from './permissions.ts';
import type { Draft, Scope } from './scope.ts';
import type { Call, Duty, Prohibition, Step, Work } from './team.ts';

/** Resolves the names in a role's workflow, playbooks, examples, duties, documents and messages. */
export function workOf(draft: Draft, scope: Scope): Work {
  const { fields } = draft;
  const place = (...steps: readonly (string | number)[]): Place => draft.place(...steps);
  return {
    workflow: stepsOf(fields.workflow, ['workflow'], place, scope, draft),
    playbooks: entries(fields.playbooks).map(([name, value]) => {
      const book = Array.isArray(value) ? { steps: value } : (value as { for?: string; when?: never; steps: unknown });
      const pointer = ['playbooks', name, ...(Array.isArray(value) ? [] : ['steps'])];
      return {
        name,
        for: listOf('for' in book ? book.for : undefined),
        when: conditionsOf('when' in book ? book.when : undefined),
        steps: stepsOf(book.steps, pointer, place, scope, draft),
        at: place('playbooks', name),
      };
    }),
    examples: items(fields.examples).map(({ item, steps }) => {
      const at = place('examples', ...steps);
      if (typeof item === 'string') return { request: item, tasks: [], at };
      return {
        request: item.request,
        tasks: stepsOf(item.tasks, ['examples', ...steps, 'tasks'], place, scope, draft),
        at,
      };
    }),
    mustNot: items(fields['must-not']).map(({ item, steps }) =>
      prohibition(item, ['must-not', ...steps], place, scope, draft),
    ),
    must: items(fields.must).map(({ item, steps }) => duty(item, ['must', ...steps], place, scope, draft)),
    messages: new Map(
      entries(fields.messages).map(([name, message]) => [
        name,
        scope.references(message.to, place('messages', name, 'to'), draft),
      ]),
    ),
    writers: items(fields.reads).flatMap(({ item, steps }) =>
      typeof item === 'string' || item.from === undefined
        ? []
        : scope.references(item.from, place('reads', ...steps, 'from'), draft),
    ),
  };
}

type PlaceOf = (...steps: readonly (string | number)[]) => Place;

/** Reads steps: a list runs in order, a map by `needs`. */
export function stepsOf(
  value: unknown,
  pointer: readonly (string | number)[],
  place: PlaceOf,
  scope: Scope,
  draft?: Draft,
): readonly Step[] {
  const written = Array.isArray(value)
    ? items(value as WrittenStep[]).map(({ item, steps }) => ({
        id: undefined,
        item,
        steps: steps as readonly (string | number)[],
      }))
    : entries(value as Record<string, WrittenStep>).map(([id, item]) => ({ id, item, steps: [id] }));
  const ids = new Set(written.flatMap(({ id }) => id ?? []));
  return written.map(({ id, item, steps }) => {
    const at = [...pointer, ...steps];
    const step = typeof item === 'string' ? { do: item } : (item as Exclude<WrittenStep, string>);
    for (const { item: need, steps: index } of items(step.needs))
      if (!ids.has(need)) scope.unknown('step', need, place(...at, 'needs', ...index), [...ids], draft);
    return {
      do: step.do ?? '',
      for: listOf(step.for),
      to: scope.references(step.to, place(...at, 'to'), draft),
      with: scope.references(step.with, place(...at, 'with'), draft),
      needs: listOf(step.needs),
      when: conditionsOf(step.when),
      labels: step.labels ?? {},
      gates: listOf(step.gate),
      calls: callsAt(step.calls, [...at, 'calls'], place, scope, draft),
      output: listOf(step.output),
      optional: step.optional === true,
      at: place(...at),
      ...(id === undefined ? {} : { id }),
      ...(step.effort === undefined ? {} : { effort: step.effort }),
    };
  });
}

function prohibition(
  item: unknown,
  pointer: readonly (string | number)[],
  place: PlaceOf,
  scope: Scope,
  draft: Draft,
): Prohibition {
  const claim =
    typeof item === 'string'
      ? { do: item }
      : (item as { do: string; calls?: unknown; instead?: string; because?: string });
  const instead =
    claim.instead === undefined ? undefined : scope.role(claim.instead, place(...pointer, 'instead'), draft);
  return {
    do: claim.do ?? '',
    calls: callsAt(claim.calls, [...pointer, 'calls'], place, scope, draft),
    at: place(...pointer),
    ...(instead ? { instead } : {}),
    ...(claim.because === undefined ? {} : { because: claim.because }),
  };
}

function duty(item: unknown, pointer: readonly (string | number)[], place: PlaceOf, scope: Scope, draft: Draft): Duty {
  const said =
    typeof item === 'string'
      ? { do: item }
      : (item as { do: string; with?: unknown; before?: unknown; when?: never; because?: string });
  return {
    do: said.do ?? '',
    with: scope.references(said.with, place(...pointer, 'with'), draft),
    before:
      typeof said.before === 'string'
        ? said.before
        : said.before === undefined
          ? undefined
          : callsAt(said.before, [...pointer, 'before'], place, scope, draft),
    when: conditionsOf(said.when),
    at: place(...pointer),
    ...(said.because === undefined ? {} : { because: said.because }),
  };
}

/** The calls of a value, each with its place; a tool that does not exist is told. */
function callsAt(
  value: unknown,
  pointer: readonly (string | number)[],
  place: PlaceOf,
  scope: Scope,
  draft?: Draft,
): readonly Call[] {
  return callsOf(value).map(({ tool, pattern, steps, inner }) => {
    scope.checkTool(tool, place(...pointer, ...steps), draft);
    return { tool, pattern, at: place(...pointer, ...steps, ...inner) };
  });
}

import type { Decision } from '../pattern/policy.ts';
import type { TeamDefinition } from '../schema/generated/definitions.ts';
import { below, type Place } from '../text/place.ts';
import { entries, items } from './items.ts';
import { callsOf } from './permissions.ts';
import type { Scope } from './scope.ts';
import {
  type Assertion,
  type Claim,
  type ClaimedCall,
  type CountBound,
  type Reference,
  type Role,
  rolesOf,
} from './team.ts';
import { isTool, type Tool } from './tools.ts';

interface WrittenClaim {
  readonly role?: string | readonly string[];
  readonly group?: string;
  readonly except?: string | readonly string[];
  readonly may?: unknown;
  readonly reaches?: unknown;
  readonly without?: string;
}

type WrittenAssertion = {
  readonly name?: string;
  readonly because?: string | readonly string[];
  readonly never?: WrittenClaim;
  readonly count?: WrittenClaim;
  readonly exclusive?: readonly string[];
  readonly expect?: Decision;
  readonly of?: Readonly<Record<string, string>>;
} & { readonly [bound in CountBound['name']]?: number | string };

/** The assertions of a team with their names resolved; a name that leads nowhere is told. */
export function assertionsOf({ assertions }: TeamDefinition, at: Place, scope: Scope): readonly Assertion[] {
  return items<unknown>(assertions).flatMap(({ item, steps }) =>
    assertionOf(item as WrittenAssertion, below(at, 'assertions', ...steps), scope),
  );
}

const BOUNDS = ['at-least', 'at-most', 'above', 'below'] as const;

function assertionOf(written: WrittenAssertion, at: Place, scope: Scope): readonly Assertion[] {
  const base = {
    at,
    ...(written.name === undefined ? {} : { name: written.name }),
    ...(written.because === undefined ? {} : { because: items(written.because).map(({ item }) => item as string) }),
  };
  if (written.never) return [{ ...base, kind: 'never', ...claimOf(written.never, below(at, 'never'), scope) }];
  if (written.count) {
    const bounds = BOUNDS.flatMap((name) => {
      const value = written[name];
      return value === undefined ? [] : [{ name, value, at: below(at, name) }];
    });
    return [{ ...base, kind: 'count', bounds, ...claimOf(written.count, below(at, 'count'), scope) }];
  }
  if (written.exclusive) {
    const found = named(written.exclusive, below(at, 'exclusive'), scope);
    return [{ ...base, kind: 'exclusive', roles: found.roles, understood: found.understood }];
  }
  return expectationOf(written, base, scope);
}

function expectationOf(
  { expect: decision, of }: WrittenAssertion,
  base: Pick<Assertion, 'name' | 'because' | 'at'>,
  scope: Scope,
): readonly Assertion[] {
  let role: Reference | undefined;
  let call: { readonly tool: Tool; readonly argument: string } | undefined;
  for (const [key, value] of entries(of)) {
    const place = below(base.at, 'of', key);
    if (key === 'role') role = scope.role(value, place);
    else if (isTool(key)) call = { tool: key, argument: value };
    else scope.checkTool(key, place);
  }
  if (decision === undefined || !call) return [];
  const found = role && rolesOf([role])[0];
  return [{ ...base, ...call, kind: 'expect', decision, role: found, understood: found !== undefined }];
}

function claimOf(
  { role, group, except, may, reaches, without }: WrittenClaim,
  at: Place,
  scope: Scope,
): { readonly claim: Claim; readonly understood: boolean } {
  const said = items(role).filter(({ item }) => item !== '*');
  const wanted = said.map(({ item, steps }) => scope.role(item, below(at, 'role', ...steps)));
  const grouped = group === undefined ? [] : scope.references({ group }, at);
  const left = named(except, below(at, 'except'), scope);
  const calls = [
    ...callsIn(may, below(at, 'may'), false, scope),
    ...callsIn(reaches, below(at, 'reaches'), true, scope),
  ];
  const known = calls.filter((call): call is ClaimedCall => isTool(call.tool));
  const references = [...wanted, ...grouped];
  return {
    claim: {
      everyone: items(role).length > said.length || (role === undefined && group === undefined),
      named: rolesOf(references),
      except: left.roles,
      calls: known,
      unasked: without === 'approval',
      at,
    },
    understood:
      left.understood && known.length === calls.length && references.every(({ kind }) => kind !== 'unresolved'),
  };
}

function named(
  names: string | readonly string[] | undefined,
  at: Place,
  scope: Scope,
): { readonly roles: readonly Role[]; readonly understood: boolean } {
  const roles = scope.rolesNamed(names, at);
  return { roles, understood: roles.length === items(names).length };
}

function callsIn(
  calls: unknown,
  at: Place,
  reached: boolean,
  scope: Scope,
): readonly (Omit<ClaimedCall, 'tool'> & { readonly tool: string })[] {
  const told = new Set<string>();
  return callsOf(calls).map(({ tool, pattern, steps, inner }) => {
    const place = below(at, ...steps);
    if (!told.has(place.pointer.join('/'))) scope.checkTool(tool, place);
    told.add(place.pointer.join('/'));
    return { tool, pattern, reached, at: below(place, ...inner) };
  });
}

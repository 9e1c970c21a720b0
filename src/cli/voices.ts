import type { Voice } from '../simulate/minds/live/options.ts';
import { listPrice, type Price } from '../simulate/minds/live/prices.ts';
import { priceOf } from '../simulate/world.ts';
import { builtinTarget } from '../target/builtin.ts';
import { idsOf } from '../target/compile.ts';
import { promptsOf } from '../target/prompts.ts';
import type { Target } from '../target/target.ts';
import type { Role, Team } from '../team/team.ts';
import { own } from '../text/own.ts';

/** What Claude Code's names for models mean. */
const ALIASES: Readonly<Record<string, string>> = {
  opus: 'claude-opus-5-5',
  sonnet: 'claude-sonnet-5-5',
  haiku: 'claude-haiku-5-5',
};

const DEFAULT_MODEL = 'claude-sonnet-5-5';

/** How the roles of a team speak on a target, and by which names they know each other. */
export interface Voices {
  readonly voiceOf: (role: Role) => Voice;
  readonly idOf: (name: string) => string;
  /** The models, in the order in which roles use them, with their prices and whether those are only assumed. */
  readonly models: ReadonlyMap<string, { readonly price: Price; readonly known: boolean }>;
}

/** Gives each role its voice. A team that is played as it means itself speaks as on Claude Code. */
export function voicesOf(team: Team, chosen: Target | undefined, model: string | undefined): Voices {
  const target = chosen ?? builtinTarget('claude-code')!;
  const prompts = promptsOf(team, target);
  const nameOf = idsOf(team, target);
  const ids = new Map([...team.roles.values()].map((role) => [nameOf(role), role.id]));
  const models = new Map<string, { readonly price: Price; readonly known: boolean }>();
  const voices = new Map(
    [...team.roles.values()].map((role) => {
      const own = model ?? modelOf(team, role);
      const said = model === undefined ? priceOf(team, role) : undefined;
      const price = said ? { price: said, known: true } : listPrice(own);
      if (!models.has(own)) models.set(own, price);
      return [role, { prompt: prompts.get(role.id) ?? '', model: own, price: price.price }];
    }),
  );
  return { voiceOf: (role) => voices.get(role)!, idOf: (name) => ids.get(name) ?? name, models };
}

/** The model of Claude that a role asks for: by Claude Code's name for it, else by opencode's, else by its own. */
function modelOf(team: Team, { fields }: Role): string {
  const named = own(team.definition.models, fields.model ?? '') as Readonly<Record<string, unknown>> | undefined;
  const written = [named?.['claude-code'], named?.['opencode'], fields.model].filter(
    (name) => typeof name === 'string',
  );
  for (const name of written) {
    if (Object.hasOwn(ALIASES, name)) return ALIASES[name]!;
    const claude = /(?:^|\/)(claude-[\w.-]+)$/.exec(name)?.[1];
    if (claude !== undefined) return claude.replaceAll('.', '-');
  }
  return DEFAULT_MODEL;
}

import type { Fidelity } from '../target/target.ts';
import { type Loose, looseCalls } from '../target/weakness.ts';
import { isTool, type Tool } from '../team/tools.ts';
import { enumerate } from '../text/enumerate.ts';
import { byReason, type Carried, ending, placeOf, placesOf, rolesOf } from './carried.ts';
import { platformsOf, targetNamed } from './platforms.ts';
import type { Rule, RuleContext } from './rule.ts';

/** A limit that a platform does not hold is a wish: the model may do what the team forbids. */
export const weakerOnTarget: Rule = {
  id: 'weaker-on-target',
  summary: 'A platform does not enforce what a role may do, or whom it may hand work to.',
  severity: 'warning',

  check(context) {
    if (context.targets.length === 0) return;
    for (const { target, title } of platformsOf(context)) {
      const { weak, calls } = weaknesses(target, context);
      for (const group of byReason(weak, context)) reportGroup(title, group, calls, context);
    }
  },
};

/** Promises about delegation and tools; the others that are not about permissions are prose by nature. */
const HELD: ReadonlySet<string> = new Set(['tools', 'delegates-to', 'approval']);

type Calls = ReadonlyMap<Fidelity, Loose>;

/** What a platform does not hold. Rules for a tool are held where it is as strict as the team, for whatever reason. */
function weaknesses(
  target: string,
  context: RuleContext,
): { readonly weak: readonly Fidelity[]; readonly calls: Calls } {
  const { team, plan } = context;
  const loose = looseCalls(targetNamed(target, context));
  const calls = new Map<Fidelity, Loose>();
  const weak = plan(target).fidelity.filter((one) => {
    const { feature, level } = one;
    if (level === 'native' || level === 'guarded') return false;
    const tool = toolOf(feature);
    if (tool === undefined) return HELD.has(feature);
    const found = loose(team.roles.get(one.role)!, tool);
    if (typeof found === 'object') calls.set(one, found);
    return found !== 'none';
  });
  return { weak, calls };
}

function toolOf(feature: Fidelity['feature']): Tool | undefined {
  const tool = feature.startsWith('permissions.') ? feature.slice('permissions.'.length) : '';
  return isTool(tool) ? tool : undefined;
}

function reportGroup(title: string, group: Carried, calls: Calls, context: RuleContext): void {
  const at = placeOf(group, context);
  const shown = group.said.find((one) => calls.has(one));
  context.report({
    at,
    message: `${title} does not enforce ${thingsOf(group)} of ${rolesOf(group)}: ${ending(group.because)}${shown ? such(shown, calls.get(shown)!) : ''}.`,
    related: placesOf(group, at).map(({ role, feature, at: place }) => ({
      at: place,
      message: `${thing(feature)} of ${role}`,
    })),
    help: `Say it in a way that ${title} enforces, or keep what has to hold off it; if it may be so, ignore this with the reason.`,
  });
}

const DECIDED = { allow: 'allowed', ask: 'asked about', deny: 'denied' } as const;

function such({ role, feature }: Fidelity, { call, meant, there }: Loose): string {
  return `, so ${toolOf(feature)} "${call}" of ${role} is ${DECIDED[there]} there, not ${DECIDED[meant]}`;
}

function thingsOf({ said }: Carried): string {
  const tools = [...new Set(said.flatMap(({ feature }) => toolOf(feature) ?? []))];
  const others = [...new Set(said.map(({ feature }) => feature))].filter((feature) => toolOf(feature) === undefined);
  return enumerate([...others.map(thing), ...(tools.length > 0 ? [`the rules for ${enumerate(tools)}`] : [])]);
}

function thing(feature: Fidelity['feature']): string {
  const tool = toolOf(feature);
  if (tool !== undefined) return `the rules for ${tool}`;
  return feature === 'tools' ? 'the tools' : feature === 'approval' ? 'the approvals' : 'the delegates';
}

import { idsOf } from '../target/compile.ts';
import { unstartable } from '../target/names.ts';
import type { Manifest } from '../target/target.ts';
import { type Edge, type Role, targets } from '../team/team.ts';
import { keyOf } from '../text/place.ts';
import { platformsOf, targetNamed } from './platforms.ts';
import type { Rule, RuleContext } from './rule.ts';

/** A hand-over that the platform does not carry out ends with the role that tried it. */
export const notDelegable: Rule = {
  id: 'not-delegable',
  summary: 'A platform can not start a role that others hand work to.',
  severity: 'error',

  check(context) {
    if (context.targets.length === 0) return;
    const givers = giversOf(context);
    for (const platform of platformsOf(context)) {
      checkNames(platform, context);
      for (const [role, edges] of givers) checkStart(role, edges, platform, context);
    }
  },
};

/** The edges over which each role gets work. */
function giversOf({ team }: RuleContext): ReadonlyMap<Role, readonly Edge[]> {
  const givers = new Map<Role, Edge[]>();
  for (const edge of team.edges) {
    if (edge.type !== 'delegates-to') continue;
    for (const role of targets(edge)) {
      const known = givers.get(role);
      if (known) known.push(edge);
      else givers.set(role, [edge]);
    }
  }
  return givers;
}

function checkStart(role: Role, edges: readonly Edge[], { target, title }: Manifest, { report }: RuleContext): void {
  const because = unstartable(target, role);
  const first = edges.find(({ from }) => from !== role);
  if (because === undefined || !first) return;
  report({
    at: first.at,
    role: role.id,
    message: `On ${title} ${first.from.id} can't hand work to ${role.id}: ${because}.`,
    related: [
      role.fields.mode === 'primary'
        ? { at: role.place('mode'), message: `${role.id} is primary` }
        : { at: keyOf(role.at), message: `${role.id} stands here` },
    ],
    help:
      role.fields.mode === 'primary'
        ? 'Write "mode: all" for a role that people start and others hand work to.'
        : 'Give the role an id with a letter in it.',
  });
}

/** Tells of names that are too long for a platform, which then does not load the role at all. */
function checkNames({ target, title, limits }: Manifest, context: RuleContext): void {
  const { facts, team, report } = context;
  const most = limits?.['id-length'];
  if (most === undefined) return;
  const idOf = idsOf(team, targetNamed(target, context));
  for (const role of facts.roles) {
    const { length } = idOf(role);
    if (length <= most) continue;
    report({
      at: keyOf(role.at),
      role: role.id,
      message: `${title} does not load ${role.id.slice(0, 40)}…: its name has ${length} characters, and ${most} are the most.`,
      help: 'Give the role a shorter id.',
    });
  }
}

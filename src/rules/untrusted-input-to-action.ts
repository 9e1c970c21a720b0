import type { Authority, Reach } from '../analysis/authority.ts';
import type { Probe } from '../analysis/probes.ts';
import type { Role } from '../team/team.ts';
import { enumerate } from '../text/enumerate.ts';
import type { Rule, RuleContext } from './rule.ts';
import { wayShown } from './way.ts';
import { callPhrase } from './wording.ts';

/** A page that an attacker wrote can tell an agent to take a secret and to send it away. */
export const untrustedInputToAction: Rule = {
  id: 'untrusted-input-to-action',
  summary: 'A role reads the open web, sees secrets and can act, with no person between.',
  severity: 'warning',
  profile: 'strict',

  check(context) {
    const exposed = exposedRoles(context);
    for (const one of exposed) if (!startsElsewhere(one, exposed, context)) tell(one, context);
  },
};

/** Pages that no rule can have named: who may open them may open any. */
const OPEN_WEB: readonly Probe[] = [
  { tool: 'fetch', pattern: 'https://any-page.example/' },
  { tool: 'browser', pattern: 'https://any-page.example/' },
  { tool: 'web-search', pattern: 'any question' },
];

/** Where keys and passwords lie in most projects and homes. */
const SECRETS: readonly Probe[] = [
  '.env',
  '.env.production',
  'secrets/**',
  '~/.ssh/id_rsa',
  '~/.aws/credentials',
].flatMap((pattern): readonly Probe[] => [
  { tool: 'read', pattern },
  { tool: 'search', pattern },
]);

/** Commands that only look. */
const LOOKS = 'ls cat head tail wc pwd grep rg tree diff which|git status *|git log *|git diff *|git show *|git blame *'
  .split('|')
  .flatMap((part) => (part.includes('*') ? [part] : part.split(' ').map((program) => `${program} *`)));

const ACTIONS: readonly Probe[] = [
  { tool: 'shell', pattern: '*', except: LOOKS },
  { tool: 'edit', pattern: '*' },
];

/** A way to one of the three, and the tool at its end. */
interface Part {
  readonly tool: Probe['tool'];
  readonly reach: Reach;
}

interface Exposed {
  readonly role: Role;
  readonly parts: readonly Part[];
}

function exposedRoles({ facts: { roles, authority } }: RuleContext): readonly Exposed[] {
  let exposed: readonly Exposed[] = roles.filter(({ own }) => own).map((role) => ({ role, parts: [] }));
  for (const probes of [OPEN_WEB, SECRETS, ACTIONS]) {
    if (exposed.length === 0) return [];
    const reach = reachAny(probes, authority);
    exposed = exposed.flatMap(({ role, parts }) => {
      const part = reach(role);
      return part ? [{ role, parts: [...parts, part] }] : [];
    });
  }
  return exposed;
}

/** The shortest way of a role to any of some calls. */
function reachAny(probes: readonly Probe[], authority: Authority): (role: Role) => Part | undefined {
  const ways = probes.map((probe) => ({ tool: probe.tool, reached: authority.reached(probe, true) }));
  return (role) => {
    const found = ways.flatMap(({ tool, reached }) => {
      const reach = reached(role);
      return typeof reach === 'object' ? [{ tool, reach }] : [];
    });
    return found.sort((a, b) => a.reach.path.length - b.reach.path.length)[0];
  };
}

/** Whoever hands work to an exposed role is exposed through it; it is told once, where it starts. */
function startsElsewhere({ role }: Exposed, exposed: readonly Exposed[], { facts }: RuleContext): boolean {
  const actors = new Set(facts.authority.actors(role, true));
  return exposed.some(({ role: other }) => {
    if (other === role || !actors.has(other)) return false;
    const isRing = facts.authority.path(other, role, true) !== undefined;
    return !isRing || facts.indexOf(other) < facts.indexOf(role);
  });
}

function tell({ role, parts }: Exposed, { report }: RuleContext): void {
  const clauses = parts.map(({ tool, reach: { by, call } }) => {
    const phrase = callPhrase(tool, call.witness);
    return by === role ? `may ${phrase}` : `can have ${by.id} ${phrase}`;
  });
  const shown = parts.flatMap(({ tool, reach }) => wayShown(tool, reach));
  const [first, ...related] = new Map(shown.map((one) => [JSON.stringify(one), one])).values();
  const [web] = parts;
  report({
    at: first?.at ?? role.at,
    role: role.id,
    message: `${role.id} ${enumerate(clauses)}, with no person between.`,
    related,
    help: `Let ${web!.reach.by.id} ask before it opens a page ({ ${web!.tool}: ask }), deny the secrets, or put an "approval" on the way.`,
  });
}

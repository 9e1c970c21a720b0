import type { Fault } from '../team/scenario.ts';
import type { Call, Role } from '../team/team.ts';
import type { Option } from './choice.ts';
import type { Attempted } from './duty.ts';
import { fits } from './fits.ts';
import type { Job } from './job.ts';
import type { Effect } from './modes.ts';
import type { Verdict } from './rulebook.ts';
import type { World } from './world.ts';

type Named = Pick<Attempted, 'tool' | 'argument'>;

/** The calls of an attempt, in order: those of the plan, and what failure modes make of them. */
export function attemptsOf(world: World, job: Job, role: Role, effects: readonly Effect[]): readonly Attempted[] {
  const planned = job.calls.map(({ tool, pattern }): Named => ({ tool, argument: pattern }));
  const kept = effects.some(({ calls }) => calls === 'none') ? [] : planned;
  const made = effects.some(({ calls }) => calls === 'twice') ? [...kept, ...kept] : kept;
  const strays = effects.some(({ oversteps }) => oversteps) ? strayOf(world, role) : [];
  return [...strays, ...made].map((call, part) => attemptedBy(world, role, call, part, part < strays.length));
}

const STRAYS: readonly Named[] = [
  { tool: 'edit', argument: 'src/index.ts' },
  { tool: 'shell', argument: 'git push --force' },
  { tool: 'shell', argument: 'rm -rf build' },
  { tool: 'fetch', argument: 'https://example.com' },
];

/** A call that the role may not make: the first that it must not, else the first of a few that is not allowed. */
function strayOf({ rules }: World, role: Role): readonly Named[] {
  const named = role.work.mustNot.flatMap(({ calls }) =>
    calls.map(({ tool, pattern }): Named => ({ tool, argument: plain(pattern) })),
  );
  const found = [...named, ...STRAYS].find(
    ({ tool, argument }) => rules.call(role, tool, argument).decision !== 'allow',
  );
  return found ? [found] : [];
}

/** An argument that a pattern matches. */
function plain(pattern: string): string {
  return pattern === '*' ? 'src/index.ts' : pattern.replace(/ \*$/, '').replace(/\*\*/g, 'a').replace(/[*?]/g, 'a');
}

/** A call of a role, which is the one of a number of its attempt. */
export function attemptedBy(world: World, role: Role, { tool, argument }: Named, part = 0, stray = false): Attempted {
  const on = (kind: CallFault['kind']): CallFault | undefined => faultOn(world, kind, tool, argument);
  const injected = on('injected');
  const mishap = (['tool-error', 'timeout'] as const).find((kind) => (on(kind)?.chance ?? 0) >= 1);
  return {
    tool,
    argument,
    stray,
    verdict: verdictOf(world, role, tool, argument, stray),
    mishap,
    options: mishap ? [] : mishapsOf(MISHAPS.flatMap((kind) => on(kind) ?? [])),
    injected: injected?.kind === 'injected' ? injected.says : undefined,
    isInjected: (injected?.chance ?? 0) >= 1,
    answerKey: `/call:${part}/answer`,
    approvalKey: `/call:${part}/approval`,
    answersInKey: `/call:${part}/answers-in`,
  };
}

/** What a rule denies is not done, unless only the prompt of the target says so and the role does not obey. */
function verdictOf({ rules }: World, role: Role, tool: string, argument: string, stray: boolean): Verdict {
  const verdict = rules.call(role, tool, argument);
  if (!stray || verdict.loose === undefined) return verdict;
  return { ...verdict, decision: verdict.loose, why: `${verdict.why}, but on ${rules.target} only the prompt says so` };
}

type CallFault = Extract<Fault, { calls: readonly Call[] }>;

const MISHAPS = ['tool-error', 'timeout', 'injected'] as const;

function faultOn({ scenario }: World, kind: CallFault['kind'], tool: string, argument: string): CallFault | undefined {
  return scenario.faults.find(
    (fault): fault is CallFault =>
      fault.kind === kind && 'calls' in fault && fault.calls.some((each) => fits(each, tool, argument)),
  );
}

function mishapsOf(found: readonly CallFault[]): readonly Option[] {
  const faults = found.filter(({ chance }) => chance > 0 && chance < 1);
  if (faults.length === 0) return [];
  const sum = faults.reduce((all, { chance }) => all + chance, 0);
  // Chances that come to more than everything are weights.
  const whole = Math.max(1, sum);
  return [
    { name: 'ok', share: 1 - sum / whole },
    ...faults.map(({ kind, chance }) => ({ name: kind, share: chance / whole })),
  ];
}

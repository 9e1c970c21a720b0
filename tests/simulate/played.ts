import { timeText } from '../../src/report/simulate/simulate-time.ts';
import type { Mind, Pick } from '../../src/simulate/choice.ts';
import type { SimEvent } from '../../src/simulate/event.ts';
import { judge } from '../../src/simulate/expectations.ts';
import { likeliest, rulesMind } from '../../src/simulate/minds/rules.ts';
import { play, type Run } from '../../src/simulate/play.ts';
import { rulebook } from '../../src/simulate/rulebook.ts';
import { type World, worldOf } from '../../src/simulate/world.ts';
import { builtinTarget } from '../../src/target/builtin.ts';
import { readTeam } from '../../src/team/read.ts';
import { readScenario } from '../../src/team/scenario-read.ts';
import { memory } from '../memory.ts';

/** A team and a scenario from text, ready to play; whatever is wrong with the scenario fails the test. */
export function worldFrom(team: string, scenario: string, target?: string): World {
  const files = memory({ 'team.yaml': `teamc: 1\n${team}`, 'scenario.yaml': `teamc: 1\n${scenario}` });
  const loaded = readTeam('team.yaml', files);
  const { scenario: read, problems } = readScenario('scenario.yaml', files, loaded);
  const wrong = [...loaded.problems, ...problems].map(({ message }) => message);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return worldOf(loaded.team, read, rulebook(target === undefined ? undefined : builtinTarget(target)));
}

/** What is wrong with a scenario, as place and sentence. */
export function wrongWith(team: string, scenario: string): readonly string[] {
  const files = memory({ 'team.yaml': `teamc: 1\n${team}`, 'scenario.yaml': `teamc: 1\n${scenario}` });
  return readScenario('scenario.yaml', files, readTeam('team.yaml', files)).problems.map(
    ({ at, message, help }) => `${at.pointer.join('/')}: ${message}${help === undefined ? '' : ` ${help}`}`,
  );
}

/** Plays a scenario and tells its events, one a line: time, task, what, who and the detail that matters. */
export function story(team: string, scenario: string, mind: Mind = rulesMind, target?: string): readonly string[] {
  return told(play(worldFrom(team, scenario, target), mind));
}

/** The events of a run, one a line. */
export function told({ events, over }: Run): readonly string[] {
  return [...events.map(line), over.kind === 'limit' ? `stopped by the limit ${over.limit}` : over.kind];
}

/** Plays a scenario and tells its events with the reason of each and the place that says so, and how each task ended. */
export function account(team: string, scenario: string, mind: Mind = rulesMind, target?: string): readonly string[] {
  return accountOf(play(worldFrom(team, scenario, target), mind));
}

/** The events of a run with the reason of each and the place that says so, and how each task ended. */
export function accountOf({ events }: { readonly events: Run['events'] }): readonly string[] {
  return events.map((event) => {
    const { because, at, end, waited, worked, flawed } = event;
    const times = [
      waited !== undefined && `${timeText(waited)} waited`,
      worked !== undefined && `${timeText(worked)} worked`,
    ];
    const spent = times.filter((each) => each !== false).join(', ');
    const more = [because, spent, flawed && 'flawed', end && `ends ${end}`, at && `@${at.pointer.join('/')}`];
    return [line(event), ...more.filter((each) => each !== undefined && each !== '')].join(' | ');
  });
}

/** Answers choices as they are named here, and all others as is likeliest. */
export function answering(answers: Readonly<Record<string, Pick>>): Mind {
  return { name: 'answering', pick: (choice) => answers[choice.key] ?? likeliest(choice) };
}

/** What is left to chance in a run: each question with what can be answered. */
export function questions(team: string, scenario: string, mind: Mind = rulesMind, target?: string): readonly string[] {
  const asked: string[] = [];
  play(worldFrom(team, scenario, target), {
    name: 'asking',
    pick(choice) {
      const can =
        choice.kind === 'amount'
          ? `${timeText(choice.least)} to ${timeText(choice.most)}`
          : choice.options.map(({ name, share }) => `${name} ${Number((share * 100).toFixed(6))}%`).join(', ');
      asked.push(`${choice.key}: ${can}`);
      return mind.pick(choice);
    },
  });
  return asked;
}

function line({
  t,
  task,
  type,
  role,
  by,
  to,
  tool,
  argument,
  class: failure,
  step,
  gate,
  decision,
  taint,
  text,
}: SimEvent): string {
  const who = [role, by && `by ${by}`, to && `to ${to}`];
  const call = tool && `${tool} ${argument} ${decision ?? ''}`.trim();
  const said = type === 'answered' ? text : undefined;
  const detail = [call, step, failure, gate, said, taint && `tainted by "${taint.join()}"`];
  return [timeText(t), task, type, ...who, ...detail].filter((word) => word !== undefined && word !== '').join(' ');
}

/** Whether each expectation of a scenario was kept. */
export function verdicts(team: string, scenario: string): readonly string[] {
  const world = worldFrom(team, scenario);
  return judge(world, play(world, rulesMind)).map(
    ({ expectation, status, why }) => `${status}: ${expectation.name}: ${why}`,
  );
}

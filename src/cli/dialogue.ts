import { cancel, intro, isCancel, outro, select, text } from '@clack/prompts';
import { enumerate } from '../text/enumerate.ts';
import type { ShippedTeam } from '../workspace/shipped.ts';
import type { AgentsHere } from './agents-here.ts';
import type { Person } from './io.ts';

/** What somebody wants to begin with. */
export type Beginning =
  | { readonly team: string; readonly name: string }
  /** The agents that are there, as a team in this folder. */
  | { readonly importInto: string }
  | undefined;

/** Asks which team to begin with, and what to call it. Undefined when the person would rather not. */
export async function askForTeam(
  person: Person,
  teams: readonly ShippedTeam[],
  found: { readonly agents: AgentsHere; readonly name: string; readonly importInto: string },
): Promise<Beginning> {
  intro('A new team', person);
  const team = await select({
    ...person,
    message: 'What do you want to begin with?',
    options: [
      ...(found.agents.number > 0
        ? [
            {
              value: '',
              label:
                found.agents.number === 1
                  ? 'the agent that is here'
                  : `the ${found.agents.number} agents that are here`,
              hint: `from ${enumerate(found.agents.places)}, every prompt whole`,
            },
          ]
        : []),
      ...teams.map(({ name, roles, description }) => ({
        value: name,
        label: `${name} (${roles} roles)`,
        hint: description,
      })),
    ],
  });
  if (isCancel(team)) return stop(person);
  if (team === '') return askWhereTo(person, found.importInto);
  const name = await text({
    ...person,
    message: 'What is the team called?',
    initialValue: found.name,
    validate: (given) => (given?.trim() ? undefined : 'A team needs a name.'),
  });
  if (isCancel(name)) return stop(person);
  outro(`${team} it is.`, person);
  return { team, name: name.trim() };
}

async function askWhereTo(person: Person, suggested: string): Promise<Beginning> {
  const folder = await text({
    ...person,
    message: 'Which folder does their team go into? The agents stay where they are.',
    initialValue: suggested,
    validate: (given) => (given?.trim() ? undefined : 'A team needs a folder.'),
  });
  if (isCancel(folder)) return stop(person);
  outro(`teamc import, into ${folder.trim()}`, person);
  return { importInto: folder.trim() };
}

function stop(person: Person): undefined {
  cancel('Nothing was written.', person);
  return undefined;
}

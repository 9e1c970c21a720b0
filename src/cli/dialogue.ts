import { cancel, intro, isCancel, outro, select, text } from '@clack/prompts';
import type { ShippedTeam } from '../workspace/shipped.ts';
import type { Person } from './io.ts';

/** What somebody wants to begin with. */
export type Beginning = { readonly team: string; readonly name: string } | 'import' | undefined;

/** Asks which team to begin with, and what to call it. Undefined when the person would rather not. */
export async function askForTeam(
  person: Person,
  teams: readonly ShippedTeam[],
  found: { readonly agents: readonly string[]; readonly name: string },
): Promise<Beginning> {
  intro('A new team', person);
  const team = await select({
    ...person,
    message: 'What do you want to begin with?',
    options: [
      ...(found.agents.length > 0
        ? [{ value: '', label: 'the agents that are here', hint: `teamc import reads ${found.agents.join(', ')}` }]
        : []),
      ...teams.map(({ name, roles, description }) => ({
        value: name,
        label: `${name} (${roles} roles)`,
        hint: description,
      })),
    ],
  });
  if (isCancel(team)) return stop(person);
  if (team === '') {
    outro('Nothing was written yet.', person);
    return 'import';
  }
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

function stop(person: Person): undefined {
  cancel('Nothing was written.', person);
  return undefined;
}

import type { Probe } from '../analysis/probes.ts';
import { takesNothing } from '../analysis/said.ts';
import { Names } from '../team/names.ts';
import type { Role, Team } from '../team/team.ts';
import { isTool, splitTool, TOOLS, type Tool } from '../team/tools.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { enumerate } from '../text/enumerate.ts';
import { Unusable } from './unusable.ts';

/** A call as a person names it, with its names found. */
export interface NamedCall {
  readonly role: Role;
  readonly tool: Tool;
  readonly argument: string;
}

/** What a person calls a tool's argument. */
const ARGUMENTS: Readonly<Record<(typeof TOOLS)[Tool], string>> = {
  command: 'a command such as "npm test"',
  path: 'a path from the root of the project',
  url: 'a URL',
  name: 'a name',
};

/** Finds what the words of a command line mean in a team. Each of these fails with an `Unusable`. */
export interface CallReader {
  role(name: string): Role;
  /** `tool:argument` in one word, or both apart. */
  call(role: string, tool: string, argument: string | undefined): NamedCall;
}

/** Prepares the look-up of roles by id, by last segment and by alias, as references in the team's files have it. */
export function callReader({ roles }: Team): CallReader {
  const names = new Names<Role>();
  for (const [id, role] of roles) names.add(id, role.aliases, role);
  const role = (name: string): Role => {
    const found = names.find(name);
    if (found) return found.thing;
    const several = names.several(name);
    if (several.length > 0) throw new Unusable(`"${name}" could be ${enumerate(several)}; write the whole id.`);
    throw new Unusable(`There is no role "${name}"; ${orElse(name, names.ids())}`);
  };
  return {
    role,
    call(name, words, given) {
      const { tool, argument } = toolAndArgument(words, given);
      const who = role(name);
      return { role: who, tool, argument: tool === 'delegate' ? role(argument).id : argument };
    },
  };
}

/** A tool by its name. */
export function toolCalled(name: string): Tool {
  if (isTool(name)) return name;
  throw new Unusable(`There is no tool "${name}"; ${orElse(name, Object.keys(TOOLS))}`);
}

/** The calls that `--to` means, such as `shell:git push *`; a tool alone is all of its calls. Fails with an `Unusable`. */
export function callsMeant(to: string, team: Team): Probe {
  const { name, pattern } = splitTool(to);
  const tool = toolCalled(name);
  if (pattern === '') throw new Unusable(`--to "${to}" has no pattern; "${tool}:*" is every call.`);
  if (pattern === undefined || tool !== 'delegate' || /[*?]/.test(pattern)) return { tool, pattern: pattern ?? '*' };
  return { tool, pattern: callReader(team).role(pattern).id };
}

function toolAndArgument(words: string, given: string | undefined): Omit<NamedCall, 'role'> {
  const { name, pattern } = given === undefined ? splitTool(words) : { name: words.replace(/:$/, ''), pattern: given };
  const tool = toolCalled(name);
  const argument = pattern ?? '';
  if (argument === '' && !takesNothing(tool)) {
    const wanted = tool === 'delegate' || tool === 'switch-role' ? 'a role' : ARGUMENTS[TOOLS[tool]];
    throw new Unusable(`A call of ${tool} needs ${wanted}.`);
  }
  return { tool, argument };
}

function orElse(given: string, names: readonly string[]): string {
  const meant = didYouMean(given, names);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  return names.length === 0 ? 'the team has none.' : `there are ${enumerate(names)}.`;
}

import { matches } from '../pattern/decide.ts';
import { splitCommand } from '../pattern/split-command.ts';
import type { Call } from '../team/team.ts';
import { isTool, splitTool, TOOLS } from '../team/tools.ts';
import { once } from './memo.ts';

type Pattern = Pick<Call, 'tool' | 'pattern'>;

/** Whether a call is one of those that a pattern describes: for a command line, whether one of its parts is. */
export function fits(call: Pattern, tool: string, argument: string): boolean {
  const known = answers(call);
  let byArgument = known.get(tool);
  if (!byArgument) {
    byArgument = new Map();
    known.set(tool, byArgument);
  }
  let found = byArgument.get(argument);
  if (found === undefined) {
    found = isFitting(call, tool, argument);
    byArgument.set(argument, found);
  }
  return found;
}

/** By tool and argument. */
const answers = once((_: Pattern) => new Map<string, Map<string, boolean>>());

function isFitting({ tool: written, pattern }: Pattern, tool: string, argument: string): boolean {
  const { name } = splitTool(written);
  if (name !== splitTool(tool).name || !isTool(name)) return false;
  const readings =
    name === 'shell'
      ? [argument, ...splitCommand(argument).parts.flatMap(({ text, plain: bare }) => [text, ...(bare ? [bare] : [])])]
      : [argument];
  return readings.some((reading) => matches(TOOLS[name], pattern, reading));
}

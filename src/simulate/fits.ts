import { matches } from '../pattern/decide.ts';
import { splitCommand } from '../pattern/split-command.ts';
import { isTool, splitTool, TOOLS } from '../team/tools.ts';
import type { Call } from '../team/work.ts';

/** Whether a call is one of those that a pattern describes: for a command line, whether one of its parts is. */
export function fits(
  { tool: written, pattern }: Pick<Call, 'tool' | 'pattern'>,
  tool: string,
  argument: string,
): boolean {
  const { name } = splitTool(written);
  if (name !== splitTool(tool).name || !isTool(name)) return false;
  const readings =
    name === 'shell'
      ? [argument, ...splitCommand(argument).parts.flatMap(({ text, plain: bare }) => [text, ...(bare ? [bare] : [])])]
      : [argument];
  return readings.some((reading) => matches(TOOLS[name], pattern, reading));
}

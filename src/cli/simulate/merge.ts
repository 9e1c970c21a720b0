import { Command } from 'commander';
import { joinParts, type NamedPart, readPart } from '../../report/simulate/simulate-part.ts';
import { choice } from '../choice.ts';
import type { ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { Unusable } from '../unusable.ts';
import { tellSamples } from './many.ts';

const AFTER = `
The parts come from \`teamc simulate --runs N --shard K/N\`, each on its own machine. Together they say, byte for byte, what
one run of the command says. Nothing but these files is read.

Exit codes are those of \`teamc simulate\`; 2 also where a part is missing, comes twice, is cut off, or is of something else.

Examples:
  teamc simulate merge part-*.json
  teamc simulate merge parts/*.json --format json`;

/** `teamc simulate merge`: parts of many runs that several machines have played, joined. */
export function mergeCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('merge')
    .description('join the parts that several machines have played with --shard')
    .argument('<file...>', 'the parts, in any order')
    .addOption(choice('-f, --format <format>', 'how to report', ['tree', 'json']).default('tree'))
    .addHelpText('after', AFTER)
    .action((files: string[], own: { format: string }, command: Command) => {
      checkParent(command);
      const globals = globalsOf(command, io);
      const format = formatOf(command) ?? own.format;
      const found = joinParts(files.map((file) => partIn(globals, file)));
      if (typeof found === 'string') throw new Unusable(`The parts can't be joined: ${found}`);
      exit(tellSamples(found, format, { globals, io }));
    });
}

/** The command above has an option of this name too, and takes it wherever it stands. */
function formatOf({ parent }: Command): string | undefined {
  if (parent?.getOptionValueSource('format') !== 'cli') return undefined;
  const format = String(parent.opts()['format']);
  if (format === 'tree' || format === 'json') return format;
  throw new Unusable(`Parts are reported as tree or json, not as ${format}.`);
}

/** Options of the command above say how to play, and parts are played already. */
function checkParent({ parent }: Command): void {
  const given = parent?.options.find(
    (option) => option.attributeName() !== 'format' && parent.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (given) throw new Unusable(`${given.long} says how to play, and parts are played already; leave it out.`);
}

function partIn({ disk }: Globals, file: string): NamedPart {
  const text = disk.text(disk.path(file));
  if (typeof text !== 'string') throw new Unusable(`The part "${file}" can't be read: it ${text.because}.`);
  const part = readPart(text);
  if (typeof part === 'string') throw new Unusable(`"${file}" can't be joined: ${part}.`);
  return [file, part];
}

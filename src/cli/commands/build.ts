import { resolve } from 'node:path';
import { Command } from 'commander';
import { fidelityJson, prettyFidelity } from '../../report/fidelity.ts';
import { prettyReport } from '../../report/pretty.ts';
import { count } from '../../report/summary.ts';
import { BUILTIN, builtinTarget } from '../../target/builtin.ts';
import { compile } from '../../target/compile.ts';
import { TemplateError } from '../../target/render.ts';
import type { Plan, Target } from '../../target/target.ts';
import type { LoadedTeam } from '../../team/read.ts';
import { discoverTeams } from '../../workspace/discover.ts';
import { packageVersion } from '../../workspace/package.ts';
import { choice, instead } from '../choice.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { lintTeams } from '../lint-teams.ts';
import { Unusable } from '../unusable.ts';

interface Options {
  readonly target?: readonly string[];
  readonly out?: string;
  readonly format: 'pretty' | 'json';
}

/** `teamc build`: writes the files that each platform wants. */
export function buildCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('build')
    .description('write the files that each platform wants')
    .argument('[path]', 'a team folder or its team file')
    .option('-t, --target <name>', 'a platform; may be given again (default: those in team.yaml)', collect)
    .option('-o, --out <dir>', 'the folder to write into (default: the working folder)')
    .addOption(choice('-f, --format <format>', 'how to report', ['pretty', 'json']).default('pretty'))
    .action((path: string | undefined, options: Options, command: Command) => {
      exit(run(path, options, globalsOf(command, io), io));
    });
}

function run(path: string | undefined, options: Options, globals: Globals, io: Io): ExitCode {
  const { disk, style, quiet } = globals;
  const { teams } = discoverTeams(disk, path === undefined ? [] : [path]);
  const [only] = teams;
  if (!only || teams.length > 1) throw new Unusable('Name one team to build.');
  const [linted] = lintTeams(disk, [{ path: only.path }], { severities: {} });
  const diagnostics = linted!.diagnostics.filter(({ severity }) => severity === 'error');
  if (diagnostics.length > 0) {
    io.stdout.write(
      prettyReport({ teams: [{ ...linted!, diagnostics }], rules: [], version: packageVersion() }, style),
    );
    io.stderr.write('teamc: A team with errors is not built, and --force does not help.\n');
    return EXIT.finding;
  }
  const targets = targetsOf(linted!.loaded, options.target);
  const plans = targets.map((target) => planned(linted!.loaded, target));
  const files = plans.flatMap((plan) => plan.files);
  for (const file of files) disk.write(resolve(disk.path('.'), options.out ?? '.', file.path), file.content);
  if (options.format === 'json') {
    const fidelity = fidelityJson(
      plans.flatMap((plan) => plan.fidelity),
      linted!.loaded.documents,
    );
    io.stdout.write(
      `${JSON.stringify({ files: files.map(({ path: at, from }) => ({ path: at, from })), fidelity }, null, 2)}\n`,
    );
    return EXIT.fine;
  }
  if (quiet) return EXIT.fine;
  io.stdout.write(`Wrote ${count(files.length, 'file')}.\n\n`);
  for (const [index, target] of targets.entries())
    io.stdout.write(
      `${prettyFidelity({ manifest: target.manifest, fidelity: plans[index]!.fidelity }, linted!.loaded.team.roles.size, style)}\n\n`,
    );
  return EXIT.fine;
}

function planned({ team }: LoadedTeam, target: Target): Plan {
  try {
    return compile(team, target);
  } catch (error) {
    if (error instanceof TemplateError) throw new Unusable(error.message);
    throw error;
  }
}

function targetsOf({ team }: LoadedTeam, given: readonly string[] | undefined): readonly Target[] {
  const own = Object.keys(team.definition.targets ?? {}).filter((name) => !name.startsWith('x-'));
  const all = BUILTIN.map(({ name }) => name);
  return (given ?? (own.length > 0 ? own : all)).map((name) => {
    const target = builtinTarget(name);
    if (!target) throw new Unusable(`There is no target "${name}": ${instead(name, all)}`);
    return target;
  });
}

function collect(given: string, before: readonly string[] = []): readonly string[] {
  return [...before, given];
}

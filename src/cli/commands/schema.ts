import { Command } from 'commander';
import { hasSchemaLine, withSchemaLine } from '../../document/schema-line.ts';
import { enumerate } from '../../text/enumerate.ts';
import { changeFiles } from '../../workspace/change-files.ts';
import type { Disk } from '../../workspace/disk.ts';
import { SCHEMAS, type SchemaName, schemaAddress, schemaText } from '../../workspace/schemas.ts';
import { teamRoot } from '../../workspace/team-root.ts';
import { instead } from '../choice.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { oneTeamFile } from '../one-team.ts';
import { Unusable } from '../unusable.ts';
import { usable } from '../usable.ts';

interface Options {
  readonly install?: true;
  readonly team?: string;
}

const AFTER = `
The schemas are team (the default), role, scenario and target. With --install the YAML files of a team get a first line by
which editors find the schema, so that they complete, explain and check every key: the one in the project's node_modules if
teamc is installed there, else the published one. Lines that are there already stay. Front matter in Markdown is not covered
by such a line.

Examples:
  teamc schema                         the schema of a team file
  teamc schema role > role.schema.json
  teamc schema --install               for the team in this folder or above it`;

/** `teamc schema`: a JSON Schema, or the line by which editors find it. */
export function schemaCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('schema')
    .description("print a JSON Schema, or add the editor's schema line to a team's files")
    .argument('[name]', `${SCHEMAS.slice(0, -1).join(', ')} or ${SCHEMAS.at(-1)}`)
    .option('--install', "add the editor's schema line to the YAML files of a team")
    .option('-t, --team <path>', 'the team (default: the one in this folder or above it)')
    .addHelpText('after', AFTER)
    .action(async (given: string | undefined, options: Options, command: Command) => {
      const globals = globalsOf(command, io);
      const name = SCHEMAS.find((each) => each === (given ?? 'team'));
      if (name === undefined) throw new Unusable(`There is no schema "${given}"; ${instead(given!, SCHEMAS)}`);
      if (!options.install && options.team !== undefined) throw new Unusable('--team goes with --install.');
      if (options.install) await usable(() => install(given && name, options, globals, io));
      else io.stdout.write(schemaText(name));
      exit(EXIT.fine);
    });
}

async function install(
  only: SchemaName | '' | undefined,
  options: Options,
  { disk, quiet }: Globals,
  io: Io,
): Promise<void> {
  const path = oneTeamFile(disk, options.team);
  const files = yamlFiles(disk, path).filter(({ kind }) => !only || kind === only);
  const changes = files.flatMap(({ path, kind }) => {
    const document = disk.document(path);
    if (!document || 'rule' in document || hasSchemaLine(document.text)) return [];
    return [{ path, before: document.text, after: withSchemaLine(document.text, schemaAddress(kind, path, disk)) }];
  });
  const { output, inside } = teamRoot(disk, path);
  if (changes.length > 0)
    await changeFiles(
      output,
      changes.map((change) => ({ ...change, path: inside(change.path) })),
    );
  const kept = files.length - changes.length;
  if (quiet) return;
  io.stdout.write(
    changes.length === 0
      ? `Nothing to add: ${kept === 1 ? 'the YAML file has' : `${kept} YAML files have`} the line already.\n`
      : `Added the editor's line to ${enumerate(changes.map(({ path }) => path))}.\n`,
  );
}

/** The files of a team that a schema line can stand in. */
function yamlFiles(disk: Disk, team: string): readonly { readonly path: string; readonly kind: SchemaName }[] {
  const folder = disk.path(`${team}/..`);
  const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path);
  const roles = disk.roles(folder).paths.filter(isYaml);
  const scenarios = disk.files(folder === '.' ? 'scenarios' : `${folder}/scenarios`).filter(isYaml);
  return [
    ...(isYaml(team) ? [{ path: team, kind: 'team' as const }] : []),
    ...roles.map((path) => ({ path, kind: 'role' as const })),
    ...scenarios.map((path) => ({ path, kind: 'scenario' as const })),
  ];
}

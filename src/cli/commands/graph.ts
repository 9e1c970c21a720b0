import { Command } from 'commander';
import { graphDot } from '../../report/graph/graph-dot.ts';
import { graphJson } from '../../report/graph/graph-json.ts';
import { graphMermaid, isDrawnByMermaid } from '../../report/graph/graph-mermaid.ts';
import { graphPage } from '../../report/graph/graph-page.ts';
import { graphSvg } from '../../report/graph/graph-svg.ts';
import { MOST_ROUTED } from '../../report/graph/layout-plan.ts';
import type { PageFacts } from '../../report/graph/page-facts.ts';
import {
  DIRECTIONS,
  type Direction,
  GROUPINGS,
  type GraphWanted,
  type Grouping,
  RELATIONS,
  type RelationName,
  type TeamGraph,
  teamGraph,
} from '../../report/graph/team-graph.ts';
import { lint } from '../../rules/lint.ts';
import { compile } from '../../target/compile.ts';
import { targetsOf } from '../../target/enforcement.ts';
import type { LoadedTeam } from '../../team/read.ts';
import { callReader, callsMeant } from '../calls.ts';
import { choice, instead } from '../choice.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { readOneTeam, unsoundness } from '../one-team.ts';
import { Unusable } from '../unusable.ts';

const FORMATS = ['mermaid', 'dot', 'svg', 'html', 'json'] as const;

type FormatName = (typeof FORMATS)[number];

interface Options {
  readonly format?: FormatName;
  readonly output?: string;
  readonly relations?: readonly RelationName[];
  readonly role?: readonly string[];
  readonly to?: readonly string[];
  readonly depth?: number;
  readonly direction?: Direction;
  readonly groupBy: Grouping;
}

const AFTER = `
Mermaid and DOT are text for other programs, SVG is a picture, HTML is a page that works offline: search, what a role can
do and reach, the findings of lint, the ways from a role to a tool. SVG and HTML need no Graphviz and follow the reader's
light or dark setting. The ending of the file that --output names tells the format. A team with mistakes is drawn as far
as it can be read. The same team makes the same bytes.

Examples:
  teamc graph                                        Mermaid, for a README or a pull request
  teamc graph -o team.svg --direction LR             a picture that runs from left to right
  teamc graph teams/backend-guild -o team.html       a page to look around in
  teamc graph -o team.html --to "shell:git push *"    with the ways to a call of your own to choose from
  teamc graph --relations escalates-to,reports-to    who turns to whom
  teamc graph --role backend-lead --depth 2          a role and who is at most two steps away
  teamc graph --format dot | dot -Tpdf -o team.pdf   by a Graphviz of your own
  teamc graph --format json | jq '.edges[] | select(.resolved | not)'`;

/** `teamc graph`: the team as a picture. */
export function graphCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('graph')
    .description('the team as a picture')
    .argument('[path]', 'a team folder or a team file (default: the team in this folder or above it)')
    .addOption(choice('-f, --format <format>', 'how to draw (default: mermaid, or as --output ends)', FORMATS))
    .option('-o, --output <file>', 'write the picture to a file instead of stdout')
    .option(
      '--relations <types>',
      `which relations, with commas between (default: all of ${RELATIONS.join(', ')})`,
      addRelations,
    )
    .option('--role <role>', 'only this role and who is near to it; may be given again', addRole)
    .option('--to <tool:pattern>', 'in HTML, offer the ways to these calls as well; may be given again', addCall)
    .option('--depth <n>', 'how many steps are near (default: 1)', steps)
    .addOption(choice('--direction <direction>', 'TB runs from top to bottom, LR from left to right', DIRECTIONS))
    .addOption(
      choice(
        '--group-by <what>',
        'what roles stand together by; auto is the department, else the folder',
        GROUPINGS,
      ).default('auto'),
    )
    .addHelpText('after', AFTER)
    .action(async (path: string | undefined, options: Options, command: Command) =>
      exit(await run(path, options, globalsOf(command, io), io)),
    );
}

async function run(path: string | undefined, options: Options, globals: Globals, io: Io): Promise<ExitCode> {
  const { disk, quiet } = globals;
  const format = options.format ?? formatOf(options.output);
  if (options.depth !== undefined && options.role === undefined)
    throw new Unusable('--depth says how far from a role; name one with --role.');
  if (options.to !== undefined && format !== 'html')
    throw new Unusable('--to is for the page; add --format html, or "-o team.html".');
  const { loaded } = readOneTeam(disk, path);
  const whole = teamGraph(loaded.team, wantedOf(options, loaded));
  const sparse = format === 'svg' && options.relations === undefined && whole.arcs.length > MOST_ROUTED;
  const graph = sparse ? teamGraph(loaded.team, wantedOf({ ...options, relations: ['delegates-to'] }, loaded)) : whole;
  const written = await drawn(graph, format, options, loaded);
  if (options.output === undefined) io.stdout.write(written);
  else {
    const failure = disk.write(options.output, written);
    if (failure !== undefined)
      throw new Unusable(`The picture can't be written to "${options.output}": it ${failure}.`);
  }
  const left = whole.arcs.length - graph.arcs.length;
  const sparing =
    left > 0 ? [`delegates-to is drawn; the other ${left} relations would hide it, --relations names them.`] : [];
  if (!quiet)
    for (const note of [...notes(graph, format, written, loaded), ...sparing]) io.stderr.write(`teamc: ${note}\n`);
  return EXIT.fine;
}

async function drawn(
  graph: TeamGraph,
  format: FormatName,
  { direction, to = [] }: Options,
  loaded: LoadedTeam,
): Promise<string> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(graphJson(graph, loaded.documents), undefined, 2)}\n`;
    case 'dot':
      return graphDot(graph, direction);
    case 'svg':
      return graphSvg(graph, direction);
    case 'html':
      return graphPage(graph, pageFacts(loaded, to), direction);
    default:
      return graphMermaid(graph, direction);
  }
}

function wantedOf({ relations = RELATIONS, role, depth = 1, groupBy }: Options, { team }: LoadedTeam): GraphWanted {
  const reader = callReader(team);
  return { relations, groupBy, ...(role ? { around: { roles: role.map((name) => reader.role(name)), depth } } : {}) };
}

function pageFacts(loaded: LoadedTeam, to: readonly string[]): PageFacts {
  const { team } = loaded;
  const sound = unsoundness(loaded, team.name) === undefined;
  return {
    loaded,
    diagnostics: lint(loaded),
    plans: sound ? targetsOf(team).map((target) => compile(team, target)) : [],
    calls: to.map((call) => callsMeant(call, team)),
    sound,
  };
}

/** What a reader of the picture should know. */
function notes(graph: TeamGraph, format: FormatName, written: string, { problems }: LoadedTeam): readonly string[] {
  return [
    ...(problems.some(({ severity }) => severity === 'error')
      ? ['drawn as far as it can be read; "teamc lint" tells what is wrong.']
      : []),
    ...(format === 'mermaid' && !isDrawnByMermaid(graph, written)
      ? [
          `Mermaid draws at most 500 edges and 50 000 characters unless "maxEdges" and "maxTextSize" say otherwise; this has ${graph.arcs.length} and ${written.length}. --relations and --role draw less, --format svg draws all.`,
        ]
      : []),
  ];
}

const ENDINGS: Readonly<Record<string, FormatName>> = {
  mmd: 'mermaid',
  mermaid: 'mermaid',
  dot: 'dot',
  gv: 'dot',
  svg: 'svg',
  html: 'html',
  htm: 'html',
  json: 'json',
};

function formatOf(output: string | undefined): FormatName {
  if (output === undefined) return 'mermaid';
  const ending = /\.(\w+)$/.exec(output)?.[1]?.toLowerCase() ?? '';
  if (Object.hasOwn(ENDINGS, ending)) return ENDINGS[ending]!;
  throw new Unusable(
    `The ending of "${output}" tells no format; add --format ${FORMATS.slice(0, -1).join(', ')} or ${FORMATS.at(-1)}.`,
  );
}

function addRelations(given: string, before: readonly RelationName[] = []): readonly RelationName[] {
  const found = given.split(',').map((word) => {
    const name = word.trim();
    const relation = RELATIONS.find((each) => each === name);
    if (relation) return relation;
    throw new Unusable(`There is no relation "${name}"; ${instead(name, RELATIONS)}`);
  });
  return RELATIONS.filter((relation) => before.includes(relation) || found.includes(relation));
}

function addCall(given: string, before: readonly string[] = []): readonly string[] {
  return [...before, given];
}

function addRole(given: string, before: readonly string[] = []): readonly string[] {
  return [...before, given];
}

function steps(given: string): number {
  if (/^\d{1,3}$/.test(given)) return Number(given);
  throw new Unusable(`--depth takes a whole number from 0 to 999, not "${given}".`);
}

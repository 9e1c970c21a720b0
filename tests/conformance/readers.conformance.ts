import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PlatformName } from '../../src/import/found.ts';
import { readProject } from '../../src/import/read-project.ts';
import { Disk } from '../../src/workspace/disk.ts';
import { platformFiles, readFiles } from '../../src/workspace/platform-files.ts';
import { CLAUDE_CODE, ClaudeCode } from './claude-client.ts';
import { count, folder, writeFiles } from './scratch.ts';
import { drawing, strangeFile } from './strange-files.ts';

const claude = new ClaudeCode();
const CORPUS = process.env['TEAMC_CORPUS'];
const SOAK = Number(process.env['TEAMC_SOAK'] ?? 1);
const SEED = Number(process.env['TEAMC_SEED'] ?? 1);

/** How many strange files a project holds. */
const FILES = 1000;

/** An agent as a reader of teamc says that its platform loads it. */
interface Expected {
  readonly name: unknown;
  readonly description: unknown;
  readonly file: string;
  /** Its platform reads less of the file than its author wrote, which a finding tells. */
  readonly isCut: boolean;
}

/** The agents that a platform loads from a project, by teamc's own reading. */
function expected(project: string, platform: PlatformName): readonly Expected[] {
  const disk = new Disk(project);
  const { files } = platformFiles(disk, '.', platform);
  const [team] = readProject(
    '.',
    readFiles(files, (path) => disk.source(path)),
  );
  const told = (rules: readonly string[]): ReadonlySet<string> =>
    new Set(
      team?.found.problems
        .filter(({ rule, severity }) => rules.includes(rule) && severity === 'error')
        .map(({ at }) => at.file),
    );
  const dropped = told(['platform-drops-file']);
  const cut = told(['platform-cuts-file', 'platform-widens-tools']);
  return (team?.found.agents ?? [])
    .filter(({ file }) => !dropped.has(file))
    .map(({ data, file }) => ({ name: data['name'], description: data['description'], file, isCut: cut.has(file) }));
}

/** What Claude Code makes of a description: written line breaks become real ones. */
const asTold = (description: unknown): string => String(description).replaceAll('\\n', '\n');

let own: ReadonlySet<string>;
beforeAll(async () => {
  own = new Set((await claude.listed(folder('nobody'))).map(({ name }) => name));
});

describe('Claude Code', () => {
  test.each(Array.from({ length: SOAK }, (_, index) => SEED + index))(
    'loads of a thousand strange files those that teamc says it loads (seed %i)',
    async (seed) => {
      const project = folder('strange');
      const draw = drawing(seed);
      const texts = Array.from({ length: FILES }, (_, index) => strangeFile(`z${index}q`, draw));
      writeFiles(
        project,
        texts.map((content, index) => ({ path: `.claude/agents/z${index}q.md`, content })),
      );
      const listed = new Map((await claude.listed(project)).map((agent) => [agent.name, agent]));
      const ours = expected(project, 'claude-code');
      const shown = ({ file }: Expected): string => JSON.stringify(readFileSync(join(project, file), 'utf8'));
      const wrong = ours.flatMap((agent) => {
        if (agent.isCut) return [];
        const real = listed.get(String(agent.name));
        if (!real) return [`Claude Code does not load ${shown(agent)}`];
        return real.description === asTold(agent.description)
          ? []
          : [`it reads ${JSON.stringify(real.description)} in ${shown(agent)}`];
      });
      const numbers = new Set(ours.map(({ file }) => /z\d+q/.exec(file)?.[0]));
      const loaded = [...listed.keys()].map((name) => /z\d+q/.exec(name)?.[0]).filter((name) => name !== undefined);
      const missed = loaded
        .filter((name) => !numbers.has(name))
        .map((name) => `Claude Code loads ${JSON.stringify(texts[Number(name.slice(1, -1))])}`);
      expect([...wrong, ...missed]).toEqual([]);
      count({
        client: `Claude Code ${CLAUDE_CODE}`,
        counts: { 'strange files': FILES * SOAK, 'and loaded of the last thousand': loaded.length },
      });
    },
  );

  test.runIf(CORPUS)('loads of real collections what teamc says it loads', async () => {
    let files = 0;
    let agents = 0;
    for (const collection of collections('claude')) {
      const project = folder('collection');
      writeFiles(project, collection.files);
      const real = new Map(
        (await claude.listed(project)).filter(({ name }) => !own.has(name)).map((one) => [one.name, one]),
      );
      const ours = expected(project, 'claude-code').filter(({ name }) => !own.has(String(name)));
      expect([...new Set(ours.map(({ name }) => name))].sort(), collection.name).toEqual([...real.keys()].sort());
      for (const [name, { description }] of real) {
        // Of several of one name any may be the one that is loaded.
        const namesakes = ours.filter((one) => one.name === name);
        if (namesakes.some(({ isCut }) => isCut)) continue;
        expect(
          namesakes.map((one) => asTold(one.description)),
          `${collection.name}: ${name}`,
        ).toContain(description);
      }
      files += collection.files.length;
      agents += real.size;
    }
    count({
      client: `Claude Code ${CLAUDE_CODE}`,
      counts: { 'files of real collections': files, 'and agents loaded': agents },
    });
  });
});

interface Collection {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly content: string }[];
}

/** The collections of a platform, as the files of a project. */
function collections(platform: string): readonly Collection[] {
  const manifest = JSON.parse(readFileSync(join(CORPUS!, 'MANIFEST.json'), 'utf8')) as readonly {
    readonly name: string;
    readonly platform: string;
  }[];
  return manifest
    .filter((one) => one.platform === platform)
    .map(({ name }) => ({ name, files: markdown(join(CORPUS!, name)) }));
}

function markdown(root: string): Collection['files'] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map(({ parentPath, name }) => {
      const path = relative(root, join(parentPath, name)).replace(/^(?:\.claude\/)?agents\//, '');
      return {
        path: `.claude/agents/${path}`,
        content: readFileSync(join(root, relative(root, join(parentPath, name))), 'utf8'),
      };
    });
}

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlatformName } from '../../src/import/found.ts';
import { readOpencode } from '../../src/import/platforms/opencode.ts';
import { readProject } from '../../src/import/read-project.ts';
import { Disk } from '../../src/workspace/disk.ts';
import { platformFiles, readFiles } from '../../src/workspace/platform-files.ts';
import { CLAUDE_CODE, ClaudeCode, type ListedAgent } from './claude-client.ts';
import { type LoadedAgent, OPENCODE, Opencode } from './opencode-client.ts';
import { count, folder, gitInit, writeFiles } from './scratch.ts';
import { drawing, strangeFile } from './strange-files.ts';

const claude = new ClaudeCode();
const CORPUS = process.env['TEAMC_CORPUS'];
const SOAK = Number(process.env['TEAMC_SOAK'] ?? 1);
const SEED = Number(process.env['TEAMC_SEED'] ?? 1);

/** How many strange files a project holds. */
const FILES = 1000;

/** Of how many strange files in a thousand Claude Code may read another: its YAML takes what no other does, such as `[a #]`. */
const OTHER_YAML = 2;

/** Of how many files that opencode refuses it is asked one by one. */
const REFUSED_ASKED = 20;

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

/** How often Claude Code is asked what it loads. */
const ASKED = 4;

/** What Claude Code loads: on a busy machine it stops looking for files before it has seen all, and is asked again. */
async function listedAll(project: string, expectedAgents: number): Promise<readonly ListedAgent[]> {
  let most: readonly ListedAgent[] = [];
  for (let time = 0; time < ASKED && most.length - own.size < expectedAgents; time++) {
    const listed = await claude.listed(project);
    if (listed.length > most.length) most = listed;
  }
  return most;
}

describe('Claude Code', () => {
  test.each(Array.from({ length: SOAK }, (_, index) => SEED + index))(
    'loads of a thousand strange files those that teamc says it loads, but for at most two (seed %i)',
    async (seed) => {
      const project = folder('strange');
      const draw = drawing(seed);
      const texts = Array.from({ length: FILES }, (_, index) => strangeFile(`z${index}q`, draw, 'tools: Read'));
      writeFiles(
        project,
        texts.map((content, index) => ({ path: `.claude/agents/z${index}q.md`, content })),
      );
      const ours = expected(project, 'claude-code');
      const listed = new Map((await listedAll(project, ours.length)).map((agent) => [agent.name, agent]));
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
      const all = [...wrong, ...missed];
      expect(all.length, all.join('\n')).toBeLessThanOrEqual(OTHER_YAML);
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
      const ours = expected(project, 'claude-code').filter(({ name }) => !own.has(String(name)));
      const names = new Set(ours.map(({ name }) => name));
      const listed = await listedAll(project, names.size);
      const real = new Map(listed.filter(({ name }) => !own.has(name)).map((one) => [one.name, one]));
      expect([...real.keys()].sort(), collection.name).toEqual([...names].sort());
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

describe('opencode', () => {
  const opencode = new Opencode();
  afterAll(() => opencode.stop());

  /** A project with some of the files, and what opencode loads from it; undefined where it refuses to start. */
  async function loaded(texts: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, LoadedAgent> | undefined> {
    const project = folder('opencode-strange');
    gitInit(project);
    writeFiles(
      project,
      [...texts].map(([name, content]) => ({ path: `.opencode/agents/${name}.md`, content })),
    );
    const agents = await opencode.agents(project).catch(() => undefined);
    return agents && new Map(agents.map((agent) => [agent.name, agent]));
  }

  /** What teamc says of a file alone. */
  function said(name: string, text: string) {
    const path = `.opencode/agents/${name}.md`;
    const { agents, problems } = readOpencode([
      { platform: 'opencode', kind: 'agent', path, inner: `${name}.md`, source: { path, text } },
    ]);
    const rules = new Set(problems.filter(({ severity }) => severity === 'error').map(({ rule }) => rule));
    return { agent: agents[0]!, rules, refused: rules.has('platform-refuses-file') };
  }

  /** The agents of all files, and those files with which opencode does not start, found by halves. */
  async function judged(texts: ReadonlyMap<string, string>): Promise<{
    readonly agents: ReadonlyMap<string, LoadedAgent>;
    readonly refused: readonly string[];
  }> {
    const agents = await loaded(texts);
    if (agents) return { agents, refused: [] };
    if (texts.size === 1) return { agents: new Map(), refused: [...texts.keys()] };
    const all = [...texts];
    const half = all.length >> 1;
    const parts = [await judged(new Map(all.slice(0, half))), await judged(new Map(all.slice(half)))];
    return {
      agents: new Map(parts.flatMap((part) => [...part.agents])),
      refused: parts.flatMap(({ refused }) => refused),
    };
  }

  /** What opencode makes otherwise of a file than teamc says, if anything. */
  function otherwise(name: string, text: string, agents: ReadonlyMap<string, LoadedAgent>): string | undefined {
    const { agent, rules } = said(name, text);
    if (rules.has('platform-widens-tools')) {
      const whole = agents.get(name)?.prompt === text.replace(/^\uFEFF/, '').trim();
      return whole ? undefined : 'its prompt is not the file';
    }
    const { name: called = name, description = '' } = agent.data;
    const real = agents.get(String(called));
    if (rules.has('platform-drops-file')) return real && 'it loads';
    if (!real) return 'it does not load';
    return (real.description ?? '') === description ? undefined : `it reads ${JSON.stringify(real.description)}`;
  }

  test.each(Array.from({ length: SOAK }, (_, index) => SEED + index))(
    'loads of strange files those that teamc says it loads (seed %i)',
    async (seed) => {
      const draw = drawing(seed);
      const texts = Array.from(
        { length: 300 },
        (_, index) => [`z${index}q`, strangeFile(`z${index}q`, draw, 'mode: subagent')] as const,
      );
      const sound = new Map(texts.filter(([name, text]) => !said(name, text).refused));
      const { agents, refused } = await judged(sound);
      const wrong = [...sound].flatMap(([name, text]) => {
        const how = refused.includes(name) ? 'it does not start' : otherwise(name, text, agents);
        return how === undefined ? [] : [`${how}: ${JSON.stringify(text)}`];
      });
      for (const [name, text] of texts.filter(([each]) => !sound.has(each)).slice(0, REFUSED_ASKED))
        if (await loaded(new Map([[name, text]]))) wrong.push(`it starts: ${JSON.stringify(text)}`);
      expect(wrong).toEqual([]);
      count({ client: `opencode ${OPENCODE}`, counts: { 'strange files': texts.length * SOAK } });
    },
  );
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

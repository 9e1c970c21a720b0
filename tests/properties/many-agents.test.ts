import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { teamc } from '../cli/project.ts';

/** How many agents: a thousand, or with a soak as many as anybody may have. */
const COUNT = Number(process.env['TEAMC_SOAK'] ?? 1) > 1 ? 10_000 : 1000;
/** How long one answer may take, in milliseconds of processor time for each agent: five times of what was measured. */
const LONGEST = 6;

/** Agents that each hand work to three others, which escalate to it, a hundred to a folder. */
const FILES = Object.fromEntries(
  Array.from({ length: COUNT }, (_, nth) => {
    const below = [1, 2, 3].map((step) => nth * 3 + step).filter((other) => other < COUNT);
    const section = (title: string, others: readonly number[]) =>
      others.length === 0 ? '' : `## ${title}\n\n${others.map((other) => `- \`agent-${other}\`: a part\n`).join('')}\n`;
    return [
      `.claude/agents/part-${Math.floor(nth / 100)}/agent-${nth}.md`,
      `---\nname: agent-${nth}\ndescription: Does part ${nth}.\ntools: Read${below.length > 0 ? ', Agent' : ''}\n---\n\n` +
        section('Delegates to', below) +
        section('Escalates to', nth === 0 ? [] : [Math.floor((nth - 1) / 3)]) +
        `## Work\n\n${'Read each file, and say what you see there.\n'.repeat(20)}`,
    ];
  }),
);

const EDGES = { delegates: COUNT - 1, escalates: COUNT - 1 };

/** How long writing and removing so many files may take on a busy disk, in milliseconds. */
const PATIENCE = 1_800_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'teamc-many-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}, PATIENCE);
afterAll(() => rmSync(folder, { recursive: true, force: true }), PATIENCE);

/** A command's answer, and the processor time that it took for each agent. */
async function timed(argv: readonly string[]) {
  const begun = process.cpuUsage();
  const { code, stdout } = await teamc(folder, argv);
  const { user, system } = process.cpuUsage(begun);
  return { code, stdout, each: (user + system) / 1000 / COUNT };
}

test(
  'many agents are linted where they lie and imported, in a time that grows with their number',
  async () => {
    const linted = await timed(['lint', '--no-cache', '--format', 'json']);
    const { teams, diagnostics } = JSON.parse(linted.stdout) as {
      teams: { roles: number }[];
      diagnostics: { severity: string }[];
    };
    expect(teams.map(({ roles }) => roles)).toEqual([COUNT]);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const imported = await timed(['import', '.']);
    expect({ code: imported.code, told: imported.stdout.split('\n').slice(0, 5) }).toEqual({
      code: 0,
      told: [
        `claude-code: ${COUNT} agents in ${COUNT} files`,
        '',
        `${COUNT} roles in team`,
        expect.stringMatching(/values became data/),
        `  ${EDGES.delegates + EDGES.escalates} relations: ${EDGES.delegates} delegates-to, ${EDGES.escalates} escalates-to`,
      ],
    });
    expect({ lint: linted.each < LONGEST, import: imported.each < LONGEST }).toEqual({ lint: true, import: true });
  },
  PATIENCE,
);

import { readFileSync } from 'node:fs';
import { customModesSettingsSchema, type ModeConfig } from '@roo-code/types';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { decide } from '../../src/pattern/decide.ts';
import { policyOfRegExp } from '../../src/pattern/look-ahead.ts';
import type { Decision, Policy } from '../../src/pattern/policy.ts';
import { policyOf } from '../../src/team/policy.ts';
import type { Role } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';
import { type Random, random, soak } from '../pattern/brute-force.ts';
import { inDomain, neighbour, plausible, telling } from './arguments.ts';
import { randomTeam } from './random-team.ts';
import { count } from './scratch.ts';
import { type Built, built, claimFor, shippedTeams } from './teams.ts';

const TYPES = (
  JSON.parse(readFileSync('node_modules/@roo-code/types/package.json', 'utf8')) as { readonly version: string }
).version;

const PUBLISHED = JSON.parse(
  readFileSync(new URL('../target/fixtures/roomodes.schema.json', import.meta.url), 'utf8'),
) as object;

/** A role, and the mode that it became. */
interface Mode {
  readonly build: Built;
  readonly role: Role;
  readonly mode: ModeConfig;
}

/** What a mode could once edit other than its role: a team, and paths with the team's answers. */
interface Found {
  readonly found: string;
  readonly roles: Readonly<Record<string, object>>;
  readonly paths: readonly (readonly [role: string, path: string, decision: Decision])[];
}

const FOUND = JSON.parse(readFileSync(new URL('fixtures/roo-found.json', import.meta.url), 'utf8')) as readonly Found[];

const builds = [
  ...shippedTeams(),
  ...Array.from({ length: soak(12) }, (_, at) => randomTeam(`chance-${at}`, 12, random(at + 1))),
].map((team) => built(team, 'roo'));

function textOf({ plan }: Built): string {
  return plan.files.find(({ path }) => path === '.roomodes')!.content;
}

/** What Roo does to the text before it parses it: typographic characters become plain ones, or vanish. */
function rewritten(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .replaceAll('\u00a0', ' ')
    .replace(/[\u200b-\u200d]/g, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"');
}

function modes(of: readonly Built[] = builds): readonly Mode[] {
  return of.flatMap((build) => {
    const { customModes } = customModesSettingsSchema.parse(parse(rewritten(textOf(build))));
    return [...build.team.roles.values()].map((role) => {
      const mode = customModes.find(({ slug }) => slug === role.id.replaceAll(/[/_]/g, '-'))!;
      return { build, role, mode };
    });
  });
}

/** The files that a mode may edit: all, none, or those that a regular expression finds. */
function editable({ groups }: ModeConfig): boolean | RegExp {
  const group = groups.find((one) => (typeof one === 'string' ? one : one[0]) === 'edit');
  if (group === undefined || typeof group === 'string') return group !== undefined;
  const { fileRegex } = group[1] ?? {};
  return fileRegex === undefined ? true : new RegExp(fileRegex);
}

function mayEdit(mode: ModeConfig, path: string): boolean {
  const files = editable(mode);
  return typeof files === 'boolean' ? files : files.test(path);
}

/** Paths near the places where the rules of a team's roles change. */
function paths({ team }: Built, draws: number, chance: Random): ReadonlySet<string> {
  const seeds = telling(
    [...team.roles.values()].map((role) => policyOf(role, 'edit')),
    'path',
  );
  const drawn = new Set<string>(seeds);
  for (let at = 0; at < draws; at += 1)
    drawn.add(chance(4) === 0 ? plausible('path', chance) : neighbour(seeds[chance(seeds.length)]!, seeds, chance));
  return drawn;
}

/** A regular expression as teamc's own engine reads it, taken apart where it looks ahead. */
function byDialect({ source }: RegExp): Policy {
  return policyOfRegExp(source);
}

function yesOrNo(decision: Decision): boolean {
  return decision !== 'deny';
}

describe(`Roo, by @roo-code/types ${TYPES}`, () => {
  test('accepts every .roomodes by both of its schemas, and keeps all that is in it', () => {
    const published = new Ajv({ strict: false }).compile(PUBLISHED);
    for (const build of builds) {
      const data: unknown = parse(rewritten(textOf(build)));
      expect(data).toEqual(parse(textOf(build)));
      expect(customModesSettingsSchema.parse(data)).toEqual(data);
      expect([build.team.name, published(data), published.errors]).toEqual([build.team.name, true, null]);
    }
  });

  test('has a mode for every role, with its name and its instructions beside it', () => {
    for (const { build, role, mode } of modes()) {
      expect(mode.name).toContain(role.fields.name ?? role.id);
      const file = build.plan.files.find(({ path }) => path.startsWith(`.roo/rules-${mode.slug}/`));
      expect(file?.content).toContain((role.fields.instructions ?? '').trim());
    }
    count({ client: `Roo (@roo-code/types ${TYPES})`, counts: { teams: builds.length, modes: modes().length } });
  });

  test('lets each mode edit the files that its role may edit, where that is claimed', () => {
    const chance = random(3);
    const drawn = new Map(builds.map((build) => [build, paths(build, soak(400), chance)]));
    let [asked, denied] = [0, 0];
    const wrong = modes().flatMap(({ build, role, mode }) => {
      if (claimFor(build.plan, role, 'edit').level !== 'native') return [];
      const meant = policyOf(role, 'edit');
      return [...drawn.get(build)!]
        .filter((path) => inDomain('path', path))
        .flatMap((path) => {
          const may = mayEdit(mode, path);
          asked += 1;
          if (!may) denied += 1;
          return may === yesOrNo(decide(meant, path).decision) ? [] : [`${build.team.name}/${role.id}: ${path}`];
        });
    });
    count({
      client: `Roo (@roo-code/types ${TYPES})`,
      counts: { paths: asked, 'denied %': Math.round((100 * denied) / asked), disagreements: wrong.length },
    });
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  test('lets modes edit as their teams do what they once did not, or no more is claimed', () => {
    const wrong = FOUND.flatMap(({ found, roles, paths: asked }) => {
      const { team } = loadText(JSON.stringify({ teamc: 1, name: 'found', roles }));
      const own = modes([built(team, 'roo')]);
      return asked
        .filter(([id, path, decision]) => {
          const { build, role, mode } = own.find((one) => one.role.id === id)!;
          const native = claimFor(build.plan, role, 'edit').level === 'native';
          return native && mayEdit(mode, path) !== yesOrNo(decision);
        })
        .map(([id, path]) => `${found}: ${id}, ${path}`);
    });
    expect(wrong).toEqual([]);
  });

  test('really differs where a claim says so, on the path that it names', () => {
    const shown = modes().flatMap(({ build, role, mode }) => {
      const because = claimFor(build.plan, role, 'edit').because ?? '';
      const found = /`(.+)` is (allow|ask|deny) there, (allow|ask|deny) in the team/s.exec(because);
      return found ? [{ role: `${build.team.name}/${role.id}`, path: found[1]!, there: found[2], mode }] : [];
    });
    const wrong = shown.filter(({ path, there, mode }) => mayEdit(mode, path) !== (there !== 'deny'));
    expect(wrong).toEqual([]);
    count({
      client: `Roo (@roo-code/types ${TYPES})`,
      counts: { 'stated differences confirmed': shown.length },
    });
  });

  test("reads a fileRegex as JavaScript's own RegExp does", () => {
    const chance = random(5);
    const drawn = new Map(builds.map((build) => [build, [...paths(build, soak(150), chance)]]));
    let asked = 0;
    const wrong = modes().flatMap(({ build, mode }) => {
      const regex = editable(mode);
      if (typeof regex === 'boolean' || regex.source.includes('(?!')) return [];
      return drawn.get(build)!.flatMap((path) => {
        asked += 1;
        return yesOrNo(decide(byDialect(regex), path).decision) === regex.test(path)
          ? []
          : [`${regex.source}: ${path}`];
      });
    });
    count({ client: `Roo (@roo-code/types ${TYPES})`, counts: { 'regular expressions on paths': asked } });
    expect(wrong.slice(0, 20)).toEqual([]);
  });
});

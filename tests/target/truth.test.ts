import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RoleDefinition } from '../../src/schema/generated/definitions.ts';
import { BUILTIN, builtinTarget } from '../../src/target/builtin.ts';
import { compile } from '../../src/target/compile.ts';
import { COMPILE_TIME, FEATURES, type Feature, FIELDS } from '../../src/target/features.ts';
import type { Level, Plan, PlannedFile, Target } from '../../src/target/target.ts';
import type { LoadedTeam } from '../../src/team/read.ts';
import { EVERYTHING, sample, TEAM } from './sample.ts';

/** Features of the sample: there is no rule for tools that no platform has. */
const SAID = FEATURES.filter(
  (feature) => !['permissions.browser', 'permissions.switch-role', 'permissions.complete'].includes(feature),
);

const schema = JSON.parse(readFileSync(new URL('../../schemas/role.schema.json', import.meta.url), 'utf8')) as {
  properties: Record<string, unknown>;
};

test('every field of the language is a feature, or means something only while teamc compiles', () => {
  expect([...FIELDS, ...COMPILE_TIME, 'permissions'].sort()).toEqual(Object.keys(schema.properties).sort());
});

test('the sample is sound and says everything', () => {
  const loaded = sample();
  expect([loaded.problems, loaded.team.unresolved]).toEqual([[], []]);
  expect(Object.keys(EVERYTHING).sort()).toEqual([...FIELDS, 'permissions', 'targets'].sort());
});

describe.each(BUILTIN)('$name', ({ name }) => {
  const target = builtinTarget(name) as Target;
  const full = compile(sample().team, target);

  test('answers for every feature, and for nothing else', () => {
    const answered = Object.keys(target.manifest.carries);
    const known = FEATURES.filter((feature) => !feature.startsWith('permissions.'));
    expect(answered.sort()).toEqual([...known, 'permissions'].sort());
  });

  test.each(SAID)('tells the truth about %s', (feature) => {
    const without = compile(sampleWithout(feature).team, target);
    const level = levelOf(full, feature);
    expect(levelOf(without, feature)).toBeUndefined();
    const settings = full.files.map(settingsOf).join() !== without.files.map(settingsOf).join();
    const anything = JSON.stringify(full.files) !== JSON.stringify(without.files);
    // What the platform enforces stands where it reads its settings; instructions stand below them, a
    // prohibition is a claim that the rules of its tools already hold, and of a tool that
    // does not exist there is nothing to limit.
    const exists =
      !feature.startsWith('permissions.') || feature.slice('permissions.'.length) in (target.manifest.tools ?? {});
    const enforced =
      (level === 'native' || level === 'guarded') && !['instructions', 'must-not'].includes(feature) && exists;
    expect({ level, anything, settings: enforced ? settings : 'either' }).toEqual({
      level,
      anything: level !== 'lost',
      settings: enforced ? true : 'either',
    });
  });

  test('every loss has a reason', () => {
    expect(full.fidelity.filter(({ level, because }) => level === 'lost' && !because)).toEqual([]);
  });
});

function levelOf(plan: Plan, feature: Feature): Level | undefined {
  return plan.fidelity.find((row) => row.role === 'keeper' && row.feature === feature)?.level;
}

/** The part of a file that the platform reads as settings: front matter, or the whole of a settings file. */
function settingsOf({ path, content }: PlannedFile): string {
  return path.endsWith('.md') ? (/^---\n([\s\S]*?)\n---\n/.exec(content)?.[1] ?? '') : content;
}

function sampleWithout(feature: Feature): LoadedTeam {
  if (feature === 'ladder') {
    const { escalation: _, ...team } = TEAM;
    return sample(EVERYTHING, team);
  }
  return sample(roleWithout(feature));
}

function roleWithout(feature: Feature): RoleDefinition {
  const role = structuredClone(EVERYTHING) as Record<string, unknown>;
  if (feature === 'approval') {
    for (const edge of role['delegates-to'] as { approval?: string }[]) delete edge.approval;
  } else if (feature.startsWith('permissions.')) {
    delete (role['permissions'] as Record<string, unknown>[])[0]![feature.slice('permissions.'.length)];
    if (feature === 'permissions.mcp')
      role['tools'] = (role['tools'] as string[]).filter((tool) => !tool.startsWith('mcp'));
  } else {
    delete role[feature];
  }
  return role as RoleDefinition;
}

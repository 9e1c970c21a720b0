import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { project, teamc } from '../../cli/project.ts';

const FOLDER = 'examples/claude-decides';
const PATHS = ['team.yaml', 'scenarios/noon.yaml', 'recordings/noon.jsonl'];
const files = Object.fromEntries(PATHS.map((path) => [path, readFileSync(`${FOLDER}/${path}`, 'utf8')]));
const REPLAY = ['simulate', 'scenarios/noon.yaml', '--target', 'claude-code', '--replay', 'recordings/noon.jsonl'];

test('the recording among the examples plays again as it was, and keeps what is expected', async () => {
  const { code, stdout, stderr } = await teamc(project(files), REPLAY);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.match(/^✓ kept/gm)?.length).toBe(3);
  expect(stdout).toContain('✗ calls shell `diagnose --cast-off noon`: denied');
  expect(stdout).toContain('back for round 1 of 1');
  expect(stdout.match(/tainted/g)?.length).toBe(3);
});

test('a change of its team shows where the recording no longer fits, and why', async () => {
  const changed = { ...files, 'team.yaml': files['team.yaml']!.replace('allow: "diagnose *", ', '') };
  const { code, stdout, stderr } = await teamc(project(changed), REPLAY);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe(
    'teamc: At "task:engineer/turn:2" engineer hears "Refused: the rule deny "*".", and in the recording it heard "It ran, and all went well.": the team or the scenario has changed.\n',
  );
});

test('a recording made for one platform says so to whoever plays it by the rules of another', async () => {
  const argv = REPLAY.filter((word) => !['--target', 'claude-code'].includes(word));
  expect((await teamc(project(files), argv)).stderr).toBe(
    'teamc: "recordings/noon.jsonl" is a recording under the rules of claude-code, not ideal; say --target claude-code.\n',
  );
});

test('its sequence diagram says each thing once', async () => {
  const { stdout } = await teamc(project(files), [...REPLAY, '--format', 'mermaid']);
  expect(stdout).toContain('  Note over engineer: 4s calls shell `diagnose --cast-off noon`: denied\n');
});

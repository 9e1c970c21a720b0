import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
// @ts-expect-error A script without types.
import { buildCommand } from '../../scripts/build.mjs';
import { takeStep, tutorialSteps } from '../tutorial.ts';
import { CLAUDE_CODE, ClaudeCode } from './claude-client.ts';
import { Opencode } from './opencode-client.ts';
import { count, folder } from './scratch.ts';

test('what the tutorial ends with is what Claude Code and opencode load', async () => {
  // The command finds its teams from where it lies, so it is built inside the repository.
  const command = resolve(`node_modules/.cache/teamc/tutorial-${process.pid}`);
  onTestFinished(() => rmSync(command, { recursive: true, force: true }));
  await buildCommand(command);
  const project = folder('tutorial');
  for (const step of tutorialSteps()) takeStep(step, project, join(command, 'cli.cjs'));
  const roles = readdirSync(join(project, 'roles')).flatMap((name) =>
    name.endsWith('.md') ? [name.slice(0, -3)] : [],
  );
  expect(roles.sort()).toEqual(['breaker', 'developer', 'lead', 'reviewer']);
  const known = (await new ClaudeCode().listed(project)).map(({ name }) => name);
  expect(roles.filter((role) => !known.includes(role))).toEqual([]);
  const opencode = new Opencode();
  const agents = await opencode.agents(project).finally(() => opencode.stop());
  expect(roles.filter((role) => !agents.some(({ name }) => name === role))).toEqual([]);
  count({ client: `Claude Code ${CLAUDE_CODE}`, counts: { 'roles of the tutorial': roles.length } });
});

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtCommand, project } from './cli/project.ts';
import { takeStep, tutorialSteps } from './tutorial.ts';

test('whoever follows the tutorial in an empty folder sees what it says', () => {
  const folder = project();
  rmSync(join(folder, '.git'), { recursive: true });
  const steps = tutorialSteps();
  expect(steps.length).toBeGreaterThan(10);
  for (const step of steps) {
    const printed = takeStep(step, folder, builtCommand());
    if ('commands' in step) expect([step.commands, printed]).toEqual([step.commands, step.prints]);
  }
});

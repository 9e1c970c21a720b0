import { describe, expect, test } from 'vitest';
import { PAYMENTS } from './payments.ts';
import { project, teamc } from './project.ts';

const folder = (text = PAYMENTS): string => project({ 'team.yaml': text });

/** The ways in short: `lead → platform: 1 approval, ask terraform apply`. */
async function ways(text: string, ...argv: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await teamc(folder(text), ['paths', ...argv, '--format', 'json']);
  return JSON.parse(stdout).paths.map(
    ({
      roles,
      approvals,
      decision,
      witness,
    }: {
      roles: string[];
      approvals: number;
      decision: string;
      witness: string;
    }) => `${roles.join(' → ')}: ${approvals} approvals, ${decision} ${witness}`,
  );
}

describe('every way authority gets to a call', () => {
  test('shortest first, with its approvals, its call and its rule', async () => {
    expect(await teamc(folder(), ['paths', '--to', 'shell:terraform apply *'])).toEqual({
      code: 0,
      stderr: '',
      stdout: `platform  shell  terraform apply  ask
  --> team.yaml:27:61  platform: ask "terraform apply *"
  > 27 |     permissions: [{ shell: [allow: "terraform plan *", ask: "terraform apply *"] }]
       |                                                             ^^^^^^^^^^^^^^^^^^^

lead → platform  shell  terraform apply  ask, after 1 approval
  --> team.yaml:20:9  lead delegates to platform, once a person approves
  --> team.yaml:27:61  platform: ask "terraform apply *"
  > 27 |     permissions: [{ shell: [allow: "terraform plan *", ask: "terraform apply *"] }]
       |                                                             ^^^^^^^^^^^^^^^^^^^

2 ways to shell:terraform apply *; a person is asked on each.
`,
    });
  });

  test('of many that end alike the rule is shown once, above a line for each', async () => {
    const text = `teamc: 1
name: shop
permissions: { careful: [{ shell: ask }] }
defaults: { tools: [shell], permissions: careful }
roles:
  lead: { description: D., tools: [], delegates-to: [{ role: dev, approval: user }, ops] }
  dev: { description: D. }
  ops: { description: D. }
`;
    expect((await teamc(folder(text), ['paths', '--to', 'shell:git push *'])).stdout).toBe(
      `4 ways  shell  git push  ask
  --> team.yaml:3:35  ask "*"
  > 3 | permissions: { careful: [{ shell: ask }] }
      |                                   ^^^
  dev
  ops
  lead → dev, after 1 approval  (team.yaml:6)
  lead → ops  (team.yaml:6)

4 ways to shell:git push *; a person is asked on each.
`,
    );
  });

  test('that nobody gets there is a proof, and fine', async () => {
    expect(await teamc(folder(), ['paths', '--to', 'shell:terraform destroy *'])).toEqual({
      code: 0,
      stderr: '',
      stdout: 'Nobody gets to shell:terraform destroy *: every such call is denied to every role.\n',
    });
    expect((await teamc(folder(), ['paths', '--to', 'shell:terraform apply *', '--from', 'dev'])).stdout).toBe(
      'developer does not get to shell:terraform apply *: every such call is denied, to it and to all whom it gets to act.\n',
    );
  });

  test('is data for a program', async () => {
    const { stdout } = await teamc(folder(), ['paths', '--to', 'edit:src/**', '--from', 'lead', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      paths: [
        {
          roles: ['lead', 'developer'],
          approvals: 0,
          witness: 'src/index.ts',
          decision: 'allow',
          rule: { pattern: 'src/**', file: 'team.yaml', line: 24, column: 46 },
          steps: [{ from: 'lead', to: 'developer', by: 'delegates-to', approval: false, file: 'team.yaml', line: 19 }],
        },
        { roles: ['lead', 'platform'], approvals: 1, decision: 'ask' },
      ],
      cut: false,
      undecided: [],
    });
  });

  test('over switching roles too, in rings without end, and of two edges the free one', async () => {
    const ring = `teamc: 1
name: ring
roles:
  a: { description: D., tools: read, delegates-to: [{ role: b, approval: user }, b] }
  b: { description: D., tools: read, delegates-to: [a, c] }
  c: { description: D., tools: [read, switch-role], permissions: [{ switch-role: [deny: "*", ask: d] }] }
  d: { description: D., tools: shell, permissions: [{ shell: allow }], delegates-to: a }
`;
    expect(await ways(ring, '--to', 'shell:git push *')).toEqual([
      'd: 0 approvals, allow git push',
      'c → d: 1 approvals, allow git push',
      'b → c → d: 1 approvals, allow git push',
      'a → b → c → d: 1 approvals, allow git push',
    ]);
    expect(await ways(ring, '--to', 'shell:git push *', '--from', 'b')).toEqual([
      'b → c → d: 1 approvals, allow git push',
    ]);
  });

  test('are cut where there are too many, and that is said', async () => {
    const ids = Array.from({ length: 60 }, (_, at) => `r${at}`);
    const text = `teamc: 1\nname: dense\nroles:\n${ids
      .map(
        (id) =>
          `  ${id}: { description: D., tools: shell, delegates-to: [${ids.filter((other) => other !== id).join(', ')}] }\n`,
      )
      .join('')}`;
    const { code, stdout } = await teamc(folder(text), ['paths', '--to', 'shell', '--limit', '3', '--from', 'r1']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^r1 {2}shell.*\n[\s\S]*\n3 ways to shell:\*; a person is asked on each\. There are more; these are the shortest, and --limit shows others\.\n$/,
    );
  });
});

test.each([
  [[], 'Say where the paths lead, such as: teamc paths --to "shell:git push *".'],
  [['--to', 'shel:x'], 'There is no tool "shel"; did you mean "shell"?'],
  [['--to', 'shell:'], '--to "shell:" has no pattern; "shell:*" is every call.'],
  [['--to', 'shell:x', '--from', 'leed'], 'There is no role "leed"; did you mean "lead"?'],
  [['--to', 'shell:x', '--limit', '0'], '--limit takes a whole number from 1 to 99999, not "0".'],
])('%j can not be answered, in one sentence', async (words, sentence) => {
  expect(await teamc(folder(), ['paths', ...words])).toEqual({ code: 2, stdout: '', stderr: `teamc: ${sentence}\n` });
});

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { main } from '../../src/cli/main.ts';

/** What a run of the command came to. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** An empty folder that goes when the test is over. */
export function folder(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'teamc-test-')));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Writes files below a folder. */
export function put(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Every file below a folder but for some, with its text; a folder without anything in it stands as its path and a slash. */
export function tree(root: string, except: readonly string[] = []): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  const walk = (below: string): void => {
    const names = readdirSync(join(root, below)).sort();
    if (names.length === 0 && below !== '') files[`${below}/`] = '';
    for (const name of names) {
      const path = below === '' ? name : `${below}/${name}`;
      if (except.includes(path)) continue;
      if (statSync(join(root, path)).isDirectory()) walk(path);
      else files[path] = readFileSync(join(root, path), 'utf8');
    }
  };
  walk('');
  return files;
}

function sink(write: (text: string) => void): { write(text: string): void } {
  return { write };
}

/** Runs the command in this process. */
export async function teamc(cwd: string, ...argv: readonly string[]): Promise<Ran> {
  const said = { out: '', err: '' };
  const code = await main(argv, {
    stdout: sink((text) => {
      said.out += text;
    }),
    stderr: sink((text) => {
      said.err += text;
    }),
    cwd,
    env: {},
    isTTY: false,
    columns: 120,
  });
  return { code, ...said };
}

/** A team of a lead and two developers. */
export const TEAM: Readonly<Record<string, string>> = {
  'team.yaml': `teamc: 1
name: shop
entry: lead
targets: { claude-code: {}, opencode: {}, roo: {} }
defaults: { tools: [read, edit] }
`,
  'roles/lead.md': `---
name: Lead
description: Splits work.
delegates-to:
  - { role: dev, for: Code }
  - { role: tester, for: Tests }
---
Split the work.
`,
  'roles/dev.md': `---
name: Dev
description: Writes code.
escalates-to: lead
---
Write code.
`,
  'roles/tester.md': `---
name: Tester
description: Tests code.
escalates-to: lead
permissions: [{ edit: [{ deny: "*" }, { allow: "tests/**" }] }]
---
Test code.
`,
};

/** A folder with the team in it, in the folder \`team\`. */
export function project(extra: Readonly<Record<string, string>> = {}): string {
  const root = folder();
  put(root, Object.fromEntries(Object.entries(TEAM).map(([path, text]) => [`team/${path}`, text])));
  put(root, extra);
  return root;
}

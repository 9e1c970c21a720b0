// Measures the language server on a team of 500 roles: `node scripts/bench/lsp.mjs` after `npm run build`. Each answer is asked
// for right after a change of a file, as an editor does; a bare request is one that the server answers without looking.
// Where the system tells, the processor's time of the thread that answers stands beside the clock: it is what an answer takes
// where nothing else runs.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { writeTeam } from './team.mjs';

const ROLES = 500;
const ROUNDS = 40;

const folder = mkdtempSync(join(tmpdir(), 'teamc-lsp-'));
writeTeam(folder, ROLES);
const path = 'roles/d0/r1.md';
const text = readFileSync(join(folder, path), 'utf8');
const uri = pathToFileURL(join(folder, path)).href;
const server = spawn(process.execPath, ['dist/cli.cjs', 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
const editor = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
let checked;
editor.onNotification('textDocument/publishDiagnostics', () => checked?.());
editor.listen();
await editor.sendRequest('initialize', { processId: null, rootUri: pathToFileURL(folder).href, capabilities: {} });
await editor.sendNotification('initialized', {});
await editor.sendNotification('textDocument/didOpen', {
  textDocument: { uri, languageId: 'markdown', version: 1, text },
});

const line = text.split('\n').findIndex((one) => one.includes('- { role: '));
const position = { line, character: text.split('\n')[line].indexOf('role: ') + 8 };
const asked = {
  'bare request': () => editor.sendRequest('textDocument/hover', { textDocument: { uri: 'untitled:none' }, position }),
  completion: () => editor.sendRequest('textDocument/completion', { textDocument: { uri }, position }),
  hover: () => editor.sendRequest('textDocument/hover', { textDocument: { uri }, position }),
  definition: () => editor.sendRequest('textDocument/definition', { textDocument: { uri }, position }),
  references: () =>
    editor.sendRequest('textDocument/references', {
      textDocument: { uri },
      position,
      context: { includeDeclaration: false },
    }),
};
/** The processor's time that the answering thread has had, in milliseconds. */
const worked = () => {
  try {
    return Number(readFileSync(`/proc/${server.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return Number.NaN;
  }
};
let version = 1;
const change = (written) =>
  editor.sendNotification('textDocument/didChange', {
    textDocument: { uri, version: ++version },
    contentChanges: [{ text: written }],
  });
/** What is typed: words, which no name depends on, or a relation, after which names are looked up anew. */
const typed = {
  words: (round) => text.replace('description: ', `description: word ${round} `),
  relation: (round) => text.replace(/(- \{ role: \S+, for: )/, `$1part ${round} of `),
};
await asked.completion();
const times = {};
for (const [what, ask] of Object.entries(asked))
  for (const [kind, written] of Object.entries(typed)) {
    if (what === 'bare request' && kind !== 'words') continue;
    const name = what === 'bare request' ? what : `${what}, right after a key in a ${kind === 'words' ? 'text' : kind}`;
    times[name] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = worked();
      await change(written(round));
      await new Promise((resolve) => setTimeout(resolve, Number(process.env.PAUSE ?? 0)));
      const start = performance.now();
      await ask();
      times[name].push({ clock: performance.now() - start, worked: worked() - before });
    }
  }
const findings = new Promise((resolve) => {
  checked = resolve;
});
const start = performance.now();
await change(text.replace('role: ', 'role: no-'));
await findings;
times['findings, after the last key'] = [{ clock: performance.now() - start, worked: Number.NaN }];
server.kill();
rmSync(folder, { recursive: true });

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const bare = median(times['bare request'].map(({ worked }) => worked));
const cells = (list) => [median(list).toFixed(1), Math.max(...list).toFixed(1)];
console.log(`| ${ROLES} roles | median ms | worst ms | processor, median ms | worst ms | of a bare request |
|---|--:|--:|--:|--:|--:|`);
for (const [what, list] of Object.entries(times)) {
  const processor = list.map(({ worked }) => worked);
  const row = [
    ...cells(list.map(({ clock }) => clock)),
    ...cells(processor),
    `${(median(processor) / bare).toFixed(1)} ×`,
  ];
  console.log(`| ${what} | ${row.map((cell) => (cell.startsWith('NaN') ? '' : cell)).join(' | ')} |`);
}

// Measures the language server on a team of 500 roles: `node scripts/bench/lsp.mjs` after `npm run build`. Each answer is asked
// for right after a change of a file, as an editor does; a bare request is one that the server answers without looking.
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
let version = 1;
const change = (words) =>
  editor.sendNotification('textDocument/didChange', {
    textDocument: { uri, version: ++version },
    contentChanges: [{ text: text.replace('description: ', `description: ${words} `) }],
  });
await asked.completion();
const times = {};
for (const [what, ask] of Object.entries(asked)) {
  times[what] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await change(`${what} ${round}`);
    await new Promise((resolve) => setTimeout(resolve, Number(process.env.PAUSE ?? 0)));
    const start = performance.now();
    await ask();
    times[what].push(performance.now() - start);
  }
}
const findings = new Promise((resolve) => {
  checked = resolve;
});
const start = performance.now();
await editor.sendNotification('textDocument/didChange', {
  textDocument: { uri, version: ++version },
  contentChanges: [{ text: text.replace('role: ', 'role: no-') }],
});
await findings;
times['findings, after the last key'] = [performance.now() - start];
server.kill();
rmSync(folder, { recursive: true });

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const bare = median(times['bare request']);
console.log(`| ${ROLES} roles | median ms | worst ms | of a bare request |\n|---|--:|--:|--:|`);
for (const [what, list] of Object.entries(times))
  console.log(
    `| ${what} | ${median(list).toFixed(1)} | ${Math.max(...list).toFixed(1)} | ${(median(list) / bare).toFixed(1)} × |`,
  );

// Measures the language server on a team of 500 roles: `node scripts/bench/lsp.mjs` after `npm run build`; `--write` writes the
// figures into docs/benchmarks.md. Each answer is asked for right after a change of a file, as an editor does; a bare request is
// one that the server answers without looking. Where the system tells, the times are those of the processor, of the thread that
// answers with the reading of the change: what an answer takes where nothing else runs. Elsewhere they are those of the clock.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { writeTeam } from './team.mjs';

const ROLES = 500;
const ROUNDS = 40;
/** How long an answer may take, in milliseconds. */
const AIM = 50;
const PAGE = 'docs/benchmarks.md';
const FIGURES = /(?<=<!-- figures of the language server -->\n).*?(?=<!-- end of figures of the language server -->)/s;

// In a folder of its own, as teams beside it are looked at by a rename.
const room = mkdtempSync(join(tmpdir(), 'teamc-lsp-'));
const folder = join(room, 'project');
writeTeam(folder, ROLES);
const path = 'roles/d0/r1.md';
const text = readFileSync(join(folder, path), 'utf8');
const textDocument = { uri: pathToFileURL(join(folder, path)).href };
const server = spawn(process.execPath, ['dist/cli.cjs', 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
const editor = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
/** Who waits for the findings of the file. */
let checked;
editor.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
  if (uri === textDocument.uri) checked?.(diagnostics);
});
editor.listen();
await editor.sendRequest('initialize', { processId: null, rootUri: pathToFileURL(folder).href, capabilities: {} });
await editor.sendNotification('initialized', {});
await editor.sendNotification('textDocument/didOpen', {
  textDocument: { ...textDocument, languageId: 'markdown', version: 1, text },
});

const lines = text.split('\n');
const line = lines.findIndex((one) => one.includes('- { role: '));
const position = { line, character: lines[line].indexOf('role: ') + 8 };
const ask = (method, more = { position }) => editor.sendRequest(method, { textDocument, ...more });
const bare = () => editor.sendRequest('textDocument/hover', { textDocument: { uri: 'untitled:none' }, position });
const asked = {
  completion: () => ask('textDocument/completion'),
  hover: () => ask('textDocument/hover'),
  definition: () => ask('textDocument/definition'),
  references: () => ask('textDocument/references', { position, context: { includeDeclaration: true } }),
  highlights: () => ask('textDocument/documentHighlight'),
  outline: () => ask('textDocument/documentSymbol', {}),
  'roles by name': () => editor.sendRequest('workspace/symbol', { query: 'r1' }),
  'what to rename': () => ask('textDocument/prepareRename'),
  rename: () => ask('textDocument/rename', { position, newName: 'd0/another' }),
};

/** The time that the answering thread has had, in milliseconds. */
function worked() {
  try {
    return Number(readFileSync(`/proc/${server.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
}

let version = 1;
const change = (written) =>
  editor.sendNotification('textDocument/didChange', {
    textDocument: { ...textDocument, version: ++version },
    contentChanges: [{ text: written }],
  });
/** What is typed: words, which no name depends on, or a relation, after which names are looked up anew. */
const typed = {
  words: (round) => text.replace('description: ', `description: word ${round} `),
  'a relation': (round) => text.replace(/(- \{ role: \S+, for: )/, `$1part ${round} of `),
};

/** How long it takes from a key to an answer, time and again. An answer that says nothing measures nothing. */
async function after(written, answer) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = worked();
    await change(written(round));
    const told = await answer();
    times.push(worked() - before);
    if (answer !== bare && (told === null || told.length === 0)) throw new Error(`Nothing was answered: ${answer}`);
  }
  return times;
}

/** The same for fixes, which are told of findings that are shown. */
async function fixes() {
  const inexact = (round) => typed.words(round).replace('role: d0/', 'role: ');
  const times = [];
  for (let round = 0; round < ROUNDS / 4; round++) {
    const shown = new Promise((resolve) => {
      checked = (diagnostics) => diagnostics.length > 0 && resolve(diagnostics);
    });
    await change(inexact(round));
    const [{ range }] = await shown;
    const before = worked();
    const told = await ask('textDocument/codeAction', { range, context: { diagnostics: [] } });
    times.push(worked() - before);
    if (told.length === 0) throw new Error('No fix was offered.');
  }
  return times;
}

const times = { 'a bare request': await after(typed.words, bare) };
for (const answer of Object.values(asked)) await answer();
for (const [what, answer] of Object.entries(asked))
  for (const [kind, written] of Object.entries(typed)) {
    process.stderr.write(`${what}, in ${kind}\n`);
    times[`${what}, in ${kind}`] = await after(written, answer);
  }
times['quick fixes, of findings that are shown'] = await fixes();
editor.dispose();
server.kill();
rmSync(room, { recursive: true });

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const unit = median(times['a bare request']);
const rows = Object.entries(times).map(([what, list]) => {
  const cells = [median(list), Math.max(...list), median(list) / unit].map((value) => value.toFixed(1));
  return `| ${what} | ${cells.join(' | ')} |`;
});
const slow = Object.entries(times).filter(([, list]) => median(list) > AIM);
const verdict =
  slow.length === 0
    ? `Aim: at most ${AIM} ms in the median, which every answer meets.`
    : `Aim: at most ${AIM} ms in the median, **missed** by ${slow.map(([what]) => what).join('; ')}.`;
const found = [
  '| right after a key | median, ms | worst, ms | × a bare request |',
  '| -- | --: | --: | --: |',
  ...rows,
  '',
  verdict,
  '',
].join('\n');
process.stdout.write(found);
if (process.argv.includes('--write'))
  writeFileSync(
    PAGE,
    readFileSync(PAGE, 'utf8').replace(FIGURES, () => `\n${found}\n`),
  );

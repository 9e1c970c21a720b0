import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerLines, textAt } from '../../../src/cli/batch.ts';
import { joinParts, partText, readPart } from '../../../src/report/simulate/simulate-part.ts';
import { deedOf } from '../../../src/simulate/minds/live/tools.ts';
import { isRecording, readRecording } from '../../../src/simulate/recording.ts';
import { decode, encode } from '../../../src/workspace/answer.ts';
import { readBaseline } from '../../../src/workspace/baseline.ts';
import { compareVersions } from '../../../src/workspace/clients.ts';
import type { Disk } from '../../../src/workspace/disk.ts';
import { JOURNAL, readJournal } from '../../../src/workspace/journal.ts';
import { LOCK, locked } from '../../../src/workspace/lock.ts';
import { manifestPath, parseManifest, printManifest } from '../../../src/workspace/manifest.ts';
import { Output } from '../../../src/workspace/output.ts';
import { refusal } from '../../../src/workspace/output-path.ts';
import { Trouble } from '../../../src/workspace/trouble.ts';
import { type Reader, same } from './reader.ts';

const RECORDING = readFileSync('examples/claude-decides/recordings/noon.jsonl', 'utf8');

const PART = partText({
  number: 1,
  of: 2,
  runs: 4,
  sources: 'x',
  version: '0.1.0',
  samples: [
    {
      of: { team: 'a', target: 'ideal', request: 'r', seed: 's', replay: 'p', roles: ['dev'], expectations: [] },
      sample: {
        runs: 2,
        events: 9,
        outcomes: [{ text: 'done', runs: 2, first: 1 }],
        times: [1, 2],
        costs: [0, 0],
        tallies: [],
        used: [2],
        chains: [],
      },
    },
  ],
} as unknown as Parameters<typeof partText>[0]);

const MANIFEST = printManifest({
  team: 'shop',
  source: 'team.yaml',
  files: new Map([
    ['.claude/agents/dev.md', { target: 'claude-code', from: 'dev', sha256: 'aa' }],
    [
      '.claude/settings.json',
      {
        target: 'claude-code',
        from: 'team',
        sha256: 'bb',
        entriesOf: 'cc',
        part: { created: false, entries: [{ path: ['hooks', { slug: 'a' }], sha256: 'dd' }], undo: [[0, 1, 'x']] },
      },
    ],
  ]),
  folders: ['.claude', '.claude/agents'],
})!;

const JOURNALS = [
  '{"teamc":1,"direction":"complete","steps":[{"path":"a/b.md","after":"aa","before":"bb"},{"path":".teamc/shop.json"}],"make":["a"],"drop":[]}',
];

const BASELINE =
  '{\n  "version": 1,\n  "findings": [\n    {"file":"team.yaml","rule":"schema","role":"a","message":"# is","count":2}\n  ]\n}\n';

const CALLS = '{"role":"dev","tool":"shell","argument":"npm test"}\n{"role":"qa","tool":"read:a"}\n';

const JSON_SIGNS = [
  ...'{}[]:,"\\0123456789.-e \n',
  'true',
  'null',
  '{"teamc":1,',
  '"path":',
  '"../x"',
  '"/etc/x"',
  '"__proto__":',
  '\ufeff',
];

const QUESTION = '{"argv":["lint"]}';
const ANSWER = encode({
  question: QUESTION,
  code: 0,
  writes: [[1, 'ok\n']],
  cwd: '/x',
  seen: [{ sight: 'content', path: 'a', mark: [1, 2, 3, 4, 5], was: 'h' }],
}).toString('latin1');

/** A folder for what can only be read from a disk. */
const root = realpathSync(mkdtempSync(join(tmpdir(), 'teamc-readers-')));
mkdirSync(join(root, '.teamc'), { recursive: true });
process.once('exit', () => rmSync(root, { recursive: true, force: true }));
const output = new Output(root, 'out');

/** Nothing that a manifest or a journal names leads out of the output folder. */
function inside(paths: Iterable<string>): void {
  for (const path of paths) if (refusal(path) !== undefined) throw new Error(`"${path}" leads outside`);
}

function manifest(text: string): void {
  const found = parseManifest(text);
  if (!found) return;
  inside([...found.files.keys(), ...found.folders]);
  const again = printManifest(found);
  if (again !== undefined)
    same(
      JSON.stringify([...parseManifest(again)!.files]),
      JSON.stringify([...found.files].sort(([a], [b]) => (a < b ? -1 : 1))),
    );
}

/** The readers of what teamc wrote itself and finds again, and of what a model or a script says. */
export const WORKSPACE: readonly Reader[] = [
  { name: 'manifest: what teamc wrote before', share: 1_000, seeds: [MANIFEST], signs: JSON_SIGNS, read: manifest },
  {
    name: 'manifest: where it stands',
    share: 200,
    seeds: ['shop', 'My team'],
    signs: ['/', '..', '\\', 'a', ' ', '.', '-', 'é'],
    read: (text) => same(/^\.teamc\/[\p{L}\p{N}_-]{1,100}\.json$/u.test(manifestPath(text)), true),
  },
  {
    name: 'journal: an interrupted build',
    share: 200,
    seeds: JOURNALS,
    signs: JSON_SIGNS,
    read(text) {
      writeFileSync(join(root, JOURNAL), text);
      const found = readJournal(output);
      if (found)
        inside([
          ...found.make,
          ...found.drop,
          ...found.steps.map(({ path }) => path).filter((path) => !/^\.teamc\/[^./][^/]*\.json$/.test(path)),
        ]);
    },
    refuses: [Trouble],
  },
  {
    name: 'lock: who holds it',
    share: 40,
    seeds: ['{"pid":999999999,"host":"x"}', '{"pid":1,"host":"y"}'],
    signs: JSON_SIGNS,
    async read(text) {
      writeFileSync(join(root, LOCK), text);
      try {
        await locked(output, async () => undefined, -1);
      } finally {
        rmSync(join(root, LOCK), { force: true });
        mkdirSync(join(root, '.teamc'), { recursive: true });
      }
    },
    refuses: [Trouble],
  },
  {
    name: 'baseline: findings that are known',
    share: 1_000,
    seeds: [BASELINE],
    signs: JSON_SIGNS,
    read(text) {
      const disk = { exists: () => true, text: () => text } as unknown as Disk;
      const found = readBaseline(disk, 'baseline.json');
      if ('because' in found) return;
      same(Number.isFinite(found.size), true);
      const again = readBaseline({ exists: () => true, text: () => found.text() } as unknown as Disk, 'baseline.json');
      same('because' in again ? again : again.text(), found.text());
    },
  },
  {
    name: 'cache: an answer that was kept',
    share: 600,
    seeds: [ANSWER],
    signs: ['\0', '\u00ff', '"', '{', '}', 'a', '\n'],
    read(text) {
      const found = recalled(Buffer.from(text, 'latin1'));
      if (found) same(typeof found.code, 'number');
    },
  },
  {
    name: 'recording: choices to play again',
    share: 1_500,
    seeds: [RECORDING, RECORDING.split('\n').slice(0, 4).join('\n')],
    signs: ['"recording":1', '"choices":0', '"pick":', '"key":"a"', ...JSON_SIGNS],
    read(text) {
      isRecording(text);
      const found = readRecording(text);
      if (typeof found !== 'string')
        same(
          found.choices.every(({ key }) => typeof key === 'string'),
          true,
        );
    },
  },
  {
    name: 'parts: runs of several machines',
    share: 1_500,
    seeds: [PART, PART.replace('"number":1', '"number":2')],
    signs: ['"runs":2', '"of":1', '"number":1', ...JSON_SIGNS],
    read(text) {
      const found = readPart(text);
      if (typeof found === 'string') return;
      const whole = { ...found, number: 1, of: 1 };
      joinParts([
        ['a', found],
        ['b', whole],
      ]);
      joinParts([['a', whole]]);
    },
  },
  {
    name: "model: a tool's input in a live run",
    share: 800,
    seeds: [
      '{"to":"dev","task":"x","plan":"p"}',
      '{"result":"x","outcome":"done"}',
      '{"command":"npm test"}',
      '{"task":"t","verdict":"pass"}',
    ],
    signs: JSON_SIGNS,
    read(text, dice) {
      let said: unknown = text;
      try {
        said = JSON.parse(text);
      } catch {}
      const tool = dice.one([
        'delegate',
        'escalate',
        'review',
        'finish',
        'shell',
        'edit',
        'constructor',
        text.slice(0, 20),
      ]);
      same(typeof deedOf(tool, said, (name) => name).kind, 'string');
    },
  },
  {
    name: 'batch: calls as lines of JSON',
    share: 1_500,
    seeds: [CALLS],
    signs: JSON_SIGNS,
    read(text) {
      const lines: string[] = [];
      answerLines(
        text,
        (call) => ({ decision: String(textAt(call, 'tool')) }),
        (said) => lines.push(said),
      );
      for (const line of lines.join('').split('\n').slice(0, -1)) JSON.parse(line);
    },
  },
  {
    name: 'clients: a version',
    share: 200,
    seeds: ['1.2.3', '10.0.0'],
    signs: [...'0123456789.', 'a', '-'],
    read: (text) => compareVersions(text, '1.2.3'),
  },
];

/** Damaged bytes are no answer: whatever else is wrong with them, the caller asks anew. */
function recalled(bytes: Buffer): { readonly code: unknown } | undefined {
  return decode(bytes, QUESTION);
}

import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { decode } from '../../../src/document/decode.ts';
import type { Document } from '../../../src/document/document.ts';
import { applyEdits } from '../../../src/document/edit.ts';
import { splitFrontMatter } from '../../../src/document/front-matter.ts';
import { readGrayMatter } from '../../../src/document/gray-matter.ts';
import { expandIncludes } from '../../../src/document/includes.ts';
import { readJsonLoosely } from '../../../src/document/json.ts';
import { readMarkdown } from '../../../src/document/markdown.ts';
import { merge } from '../../../src/document/merge/merge.ts';
import { readSettings } from '../../../src/document/merge/tree.ts';
import { linesOf, locatePlace } from '../../../src/document/position.ts';
import { printYaml } from '../../../src/document/print-yaml.ts';
import { scalar } from '../../../src/document/scalar.ts';
import { suppressions } from '../../../src/document/suppressions.ts';
import { readToml } from '../../../src/document/toml.ts';
import { type Loose, readLoosely } from '../../../src/document/yaml/loose.ts';
import { readPlainly } from '../../../src/document/yaml/plain-yaml.ts';
import { readYaml } from '../../../src/document/yaml/yaml.ts';
import { mentionsOf } from '../../../src/team/mentions.ts';
import type { Dice } from '../../dice.ts';
import { MARKDOWN, plain, pointersIn, type Reader, ROLES, same, sensible, TEAMS, within, YAML } from './reader.ts';

const path = 'team.yaml';

const SCALARS = [
  "name: \"a\\tb\"\nother: 'it''s'\ntext: |\n  one\n\n  two\nfolded: >-\n  a\n  b\nplain: a b\n  c\n",
  'numbers: [1, -2, 3.5, 0x1F, 0o17, 1e3, 010, 1_000, .inf]\nflow: { a: [b, { c: d }], "e f": g }\n- x\n',
  '&anchor a: &b { x: y }\nc: *b\n<<: *b\n? asked\n: answered\ndeep:\n- - a\n  - b: c\n',
];

const TOML = [
  'id = "a"\nname = "A # b"\ntags = ["x", "y"]\n[context]\nfiles = [ "a", \'b\' ]\n[[steps]]\nn = 1\n[a."b.c"]\nd = """x\ny"""\n',
  'a = 1979-05-27T07:32:00Z\nb = 0xDEAD\nc = { d = 1, e = [1, [2]] }\nf.g.h = true\n',
];

const JSONC = [
  '{\n  // a comment\n  "permission": { "bash": { "git *": "ask", "*": "deny" } },\n  "agent": { "a": { "mode": "subagent", }, },\n}\n',
  '{"permissions":{"allow":["Bash(npm run *)","Read(//etc/**)"],"deny":["WebFetch(domain:x.org)"]},"hooks":{}}',
  '[1, -2.5e3, "\\u00e9\\n", true, null, [], {}] /* end */',
];

const SIGNS_OF_JSON = [
  ...'{}[],:"0123456789.-+eE\\/* \n',
  '"a"',
  '"a":',
  'true',
  'null',
  '//',
  '/*',
  '*/',
  '\\u00e9',
  ',,',
  '\ufeff',
];
const SIGNS_OF_TOML = [
  ...'[]{}=.,#"\'\\ab1 \n',
  '"""',
  "'''",
  'a = ',
  '[a]\n',
  '[[a]]\n',
  '\\U0010FFFF',
  '1979-05-27',
  '\r\n',
];

/** Bytes as a text of one character for each. */
function asBytes(dice: Dice, text: string): Buffer {
  switch (dice.below(6)) {
    case 0:
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 1:
      return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    case 2:
      return Buffer.from(text, 'latin1');
    case 3: {
      const bytes = Buffer.from(text, 'utf8');
      for (let spoilt = dice.below(4); spoilt > 0; spoilt--) bytes[dice.below(bytes.length + 1)] = dice.below(256);
      return bytes.subarray(dice.below(4), bytes.length - dice.below(4));
    }
    case 4:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text, 'utf8')]);
    default:
      return Buffer.from(text, 'utf8');
  }
}

function decoded(text: string, dice: Dice): void {
  const bytes = asBytes(dice, text);
  const found = decode(path, bytes);
  if ('source' in found) {
    const again = Buffer.from(found.source.text, 'utf8');
    same(bytes.subarray(bytes.length - again.length).equals(again), true);
    same(bytes.length - again.length, bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
  } else within(new TextDecoder().decode(bytes), found.problem.at.span!);
}

/** Of YAML that is plain, the two readers say the same. */
function plainly(text: string): void {
  const data = readPlainly(text);
  if (data === undefined) return;
  plain(data);
  same(data, load(text));
}

/** Takes out, or renames, what stands at any place; the text that comes of it can be read. */
function edited(document: Document, dice: Dice): void {
  const pointers = pointersIn(document.data, 60);
  const pointer = dice.one(pointers);
  const at = { file: document.path, pointer };
  const change = dice.one([
    { at, remove: true } as const,
    { at, value: dice.one(['a', 'a: b', "it's", '"', '', '\n', '# x']) },
    { at: { ...at, on: 'key' } as const, value: 'other' },
  ]);
  const { text, leftOut } = applyEdits(document, [change]);
  if (leftOut.length > 0 || document.problems.length > 0) return;
  const after = readYaml({ path: document.path, text }, 'any');
  if (after.data === undefined && pointer.length > 1) throw new Error(`An edit made this of the file: ${text}`);
}

function loose(found: Loose, text: string): void {
  plain(found.data);
  if (found.broken) within(text, [found.broken.offset, Math.max(found.broken.offset, text.length)]);
  for (const { range } of found.mended) within(text, range);
  for (const pointer of pointersIn(found.data, 30)) {
    within(text, found.locate(pointer));
    within(text, found.locate(pointer, 'key'));
  }
}

/** What strict JSON says, the laxer reader says too. */
function json(text: string): void {
  const found = readJsonLoosely(text);
  loose(found, text);
  let strict: unknown;
  try {
    strict = JSON.parse(text);
  } catch {
    return;
  }
  if (!found.broken) same(JSON.stringify(found.data), JSON.stringify(strict));
}

const OURS = {
  'a.json': '{"permission":{"edit":"ask"},"agent":{"dev":{"mode":"subagent"}}}',
  'a.yaml': 'customModes:\n  - slug: dev\n    name: Dev\n    groups: [read]\n',
} as const;

/** What is put into a file that people share comes out again without a trace. */
function merged(file: keyof typeof OURS, text: string): void {
  const settings = readSettings(file, text);
  if ('mistake' in settings) same(typeof settings.mistake, 'string');
  const made = merge({ path: file, text, ours: OURS[file], untouched: false });
  if ('mistake' in made || made.inTheWay.length > 0 || made.text === undefined) return;
  const back = merge({ path: file, text: made.text, ours: undefined, own: made.own, untouched: true });
  if (!('mistake' in back) && made.own?.undo) same(back.text ?? '', made.own.created ? '' : text);
}

/** What was read is printed, and reads the same. */
function printed(text: string): void {
  const { data } = readYaml({ path, text });
  if (typeof data !== 'object' || data === null) return;
  let bare: unknown;
  try {
    bare = JSON.parse(JSON.stringify(data));
  } catch {
    return;
  }
  const again = readYaml({ path, text: printYaml(bare as Record<string, unknown>) }, 'any');
  same(again.data, bare);
}

function quoted(text: string): void {
  for (const style of ['plain', 'single', 'double'] as const)
    if (!/\p{Cs}/u.test(text)) same(readYaml({ path, text: `a: [${scalar(text, style)}]\n` }).data, { a: [text] });
}

function includes(text: string): void {
  const files: Readonly<Record<string, string>> = {
    'team.yaml': text,
    'lists/a.yaml': text,
    'b.yaml': '- { include: b.yaml }\n',
  };
  const read = (file: string): Document | undefined =>
    Object.hasOwn(files, file) ? readYaml({ path: file, text: files[file]! }, 'any') : undefined;
  const found = expandIncludes(readYaml({ path, text }, 'any'), { root: '.', read });
  plain(found.data);
  const documents = new Map([found, ...found.included].map((one) => [one.path, one]));
  for (const { at } of found.problems) if (at.file === path) within(text, found.range(at));
  for (const pointer of pointersIn(found.data, 40)) locatePlace({ file: path, pointer }, documents);
}

const INCLUDING = [
  readFileSync('examples/includes/team.yaml', 'utf8'),
  'list:\n  - { include: lists/a.yaml }\n  - x\n  - include: b.yaml\n',
  '- { include: lists/a.yaml }\n- include: ../x.yaml\n- [ { include: team.yaml } ]\n',
];

/** The readers of files: bytes, YAML, Markdown, JSON and TOML. */
export const DOCUMENT: readonly Reader[] = [
  {
    name: 'decode: the bytes of a file',
    share: 3_000,
    seeds: TEAMS,
    signs: ['é', '🤖', '\ufeff', '\0', ...YAML],
    read: decoded,
  },
  {
    name: 'lines: positions in a text',
    share: 1_000,
    seeds: ROLES,
    signs: ['\n', '\r\n', '\r', 'a', '🤖'],
    read(text, dice) {
      const document = readYaml({ path, text: '' });
      const lines = linesOf({ ...document, text });
      const offset = dice.below(text.length + 1);
      const { line, column } = lines.position(offset);
      same(lines.start(line) + column - 1, offset);
      same(text.slice(0, offset).split('\n').length, line);
    },
  },
  {
    name: 'YAML: a team file',
    share: 150,
    seeds: [...TEAMS, ...SCALARS],
    signs: YAML,
    read: (text) => sensible(readYaml({ path, text })),
  },
  {
    name: 'YAML: any value',
    share: 400,
    seeds: SCALARS,
    signs: YAML,
    read: (text) => sensible(readYaml({ path, text }, 'any')),
  },
  { name: 'YAML: plain text, read twice', share: 1_200, seeds: [...TEAMS, ...SCALARS], signs: YAML, read: plainly },
  {
    name: 'YAML: edits anywhere',
    share: 150,
    seeds: [...TEAMS, ...SCALARS],
    signs: YAML,
    read: (text, dice) => edited(readYaml({ path, text }, 'any'), dice),
  },
  { name: 'YAML: printed and read again', share: 200, seeds: [...SCALARS, ...TEAMS], signs: YAML, read: printed },
  {
    name: 'YAML: a text in quotes',
    share: 1_000,
    seeds: ['a b', '`x`: {y}', 'a # b', 'yes', '12'],
    signs: YAML,
    read: quoted,
  },
  {
    name: 'YAML: lists from other files',
    share: 300,
    seeds: INCLUDING,
    signs: ['{ include: b.yaml }', '{ include: lists/a.yaml }', ...YAML],
    read: includes,
  },
  { name: 'front matter: where it begins and ends', share: 2_000, seeds: ROLES, signs: MARKDOWN, read: fences },
  {
    name: 'Markdown: a role file',
    share: 250,
    seeds: ROLES,
    signs: [...MARKDOWN, ...YAML],
    read: (text) => sensible(readMarkdown({ path: 'roles/a.md', text })),
  },
  {
    name: 'Markdown: edits in front matter',
    share: 120,
    seeds: ROLES,
    signs: [...MARKDOWN, ...YAML],
    read: editedRole,
  },
  {
    name: 'Markdown: as opencode itself reads it',
    share: 300,
    seeds: ROLES,
    signs: [...MARKDOWN, ...YAML],
    read: gray,
  },
  {
    name: 'comments: teamc-ignore',
    share: 120,
    seeds: IGNORING(),
    signs: ['# teamc-ignore', '<!-- teamc-ignore ', ' -->', ...YAML],
    read: ignored,
  },
  {
    name: 'prose: mentions of a role',
    share: 200,
    seeds: ROLES,
    signs: ['@dev', '`dev`', 'code-dev', ...MARKDOWN],
    read: mentioned,
  },
  {
    name: 'loose YAML: front matter of agents',
    share: 200,
    seeds: [...ROLES.map((role) => role.split('---')[1]!), ...SCALARS],
    signs: YAML,
    read: (text) => loose(readLoosely(text, 0), text),
  },
  {
    name: 'TOML: front matter of agents',
    share: 1_500,
    seeds: TOML,
    signs: SIGNS_OF_TOML,
    read: (text) => loose(readToml(text, 0), text),
  },
  { name: 'JSON with comments: settings', share: 3_000, seeds: JSONC, signs: SIGNS_OF_JSON, read: json },
  {
    name: 'merge: settings in JSON',
    share: 600,
    seeds: JSONC,
    signs: SIGNS_OF_JSON,
    read: (text) => merged('a.json', text),
  },
  {
    name: 'merge: modes in YAML',
    share: 300,
    seeds: [OURS['a.yaml'], 'customModes:\n- slug: "a"\n  x: |\n    y\n# end\n'],
    signs: YAML,
    read: (text) => merged('a.yaml', text),
  },
];

function fences(text: string): void {
  const { yaml, body, problem } = splitFrontMatter({ path: 'a.md', text });
  within(text, [body, text.length]);
  if (yaml) within(text, yaml);
  if (yaml && yaml[1] > body) throw new Error('The front matter goes on behind where the body begins');
  if (problem?.at.span) within(text, problem.at.span);
}

function editedRole(text: string, dice: Dice): void {
  const document = readMarkdown({ path: 'roles/a.md', text });
  const pointer = dice.one(pointersIn(document.data, 60));
  const { text: after } = applyEdits(document, [{ at: { file: document.path, pointer }, remove: true }]);
  readMarkdown({ path: document.path, text: after });
}

function gray(text: string): void {
  const found = readGrayMatter(text);
  if ('data' in found) plain(found.data);
}

function IGNORING(): readonly string[] {
  return ROLES.slice(0, 8).map((role) =>
    role.replace('\n---', '\n# teamc-ignore no-tools: why\n---').replace(/\n\n/, '\n\n<!-- teamc-ignore all: x -->\n'),
  );
}

function ignored(text: string): void {
  for (const file of ['a.yaml', 'a.md']) {
    const document = file === 'a.md' ? readMarkdown({ path: file, text }) : readYaml({ path: file, text });
    const lines = text.split('\n').length;
    for (const { line, appliesTo } of suppressions(document))
      if (!(line >= 1 && line <= lines && appliesTo > line)) throw new Error(`Line ${line} is about line ${appliesTo}`);
  }
}

function mentioned(text: string): void {
  const document = readMarkdown({ path: 'roles/a.md', text });
  for (const id of ['dev', 'code-dev', 'a/b_c'])
    for (const { span } of mentionsOf(document, id)) same(text.slice(...span!), id);
}

import { readFileSync } from 'node:fs';
import { callReader, callsMeant } from '../../../src/cli/calls.ts';
import { shardOf } from '../../../src/cli/simulate/shard.ts';
import { Unusable } from '../../../src/cli/unusable.ts';
import { completionsAt } from '../../../src/lsp/completion.ts';
import { cursorAt } from '../../../src/lsp/cursor.ts';
import type { EditedFile } from '../../../src/lsp/edited-file.ts';
import { hoverAt } from '../../../src/lsp/hover.ts';
import { definitionOf, meantAt, placesOf } from '../../../src/lsp/names-at.ts';
import { rangeIn } from '../../../src/lsp/range.ts';
import { rulebook } from '../../../src/simulate/rulebook.ts';
import { worldOf } from '../../../src/simulate/world.ts';
import { compile } from '../../../src/target/compile.ts';
import { customTarget } from '../../../src/target/custom.ts';
import { TemplateError } from '../../../src/target/render.ts';
import { hoursOf, ratioOf } from '../../../src/team/quantity.ts';
import { type LoadedTeam, readTeam } from '../../../src/team/read.ts';
import { readScenario } from '../../../src/team/scenario-read.ts';
import { amount, milliseconds } from '../../../src/team/scenario-units.ts';
import { didYouMean } from '../../../src/text/did-you-mean.ts';
import { Lines } from '../../../src/text/source.ts';
import { loadText, memory } from '../../memory.ts';
import { MARKDOWN, plain, type Reader, ROLES, same, TEAMS, textsBelow, within, YAML } from './reader.ts';

const TEAM = readFileSync('teams/starter/team.yaml', 'utf8');
const SQUAD = loadText(readFileSync('examples/delegation/team.yaml', 'utf8'));
const SCENARIOS = [...textsBelow('teams', /scenarios\/.*\.yaml$/), ...textsBelow('examples', /scenarios\/.*\.yaml$/)];
const MANIFEST = readFileSync('examples/own-target/targets/notes/target.yaml', 'utf8');
const TEMPLATE = readFileSync('examples/own-target/targets/notes/note.md.hbs', 'utf8');

/** Every finding of a team that was read stands in one of its files. */
function sound({ problems, documents, team }: LoadedTeam): void {
  for (const { at } of problems) {
    const document = documents.get(at.file);
    if (document) within(document.text, document.range(at));
  }
  for (const { at } of team.references.slice(0, 50)) {
    const found = documents.get(at.file)?.origin(at);
    if (found) within(found.document.text, found.document.range(found.place));
  }
}

/** A scenario is linked to its team and made ready to be played. */
function played(text: string): void {
  const { scenario, documents, problems } = readScenario(
    'scenarios/a.yaml',
    memory({ 'scenarios/a.yaml': text }),
    SQUAD,
  );
  for (const { at } of problems) {
    const document = documents.get(at.file);
    if (document) within(document.text, document.range(at));
  }
  worldOf(SQUAD.team, scenario, rulebook());
}

/** An editor asks about any place of a text that is being written. */
function asked(text: string, offset: number): void {
  const kind = text.startsWith('---') ? 'markdown' : 'yaml';
  const cursor = cursorAt(text, offset, kind);
  if (cursor) {
    within(text, [cursor.start, offset]);
    same(text.slice(cursor.start, offset), cursor.word);
  }
  const path = kind === 'yaml' ? 'team.yaml' : 'roles/a.md';
  const loaded = loadText(kind === 'yaml' ? { [path]: text } : { 'team.yaml': TEAM, [path]: text });
  const schema = kind === 'yaml' ? 'team' : 'role';
  const lines = new Lines(text);
  const file: EditedFile = { path, text, kind, schema };
  for (const { textEdit } of completionsAt(file, offset, loaded.team)) inLines(textEdit, text);
  const told = hoverAt(loaded, file, offset);
  if (told) {
    within(text, told.range);
    rangeIn(lines, told.range);
  }
  const meant = meantAt(loaded, file, offset)?.reference;
  if (!meant) return;
  for (const { document, range } of placesOf(meant, loaded)) within(document.text, range);
  const found = definitionOf(meant, loaded);
  if (found) within(found.document.text, found.range);
}

function inLines(edit: unknown, text: string): void {
  const { range } = edit as { range: { start: { line: number; character: number }; end: { line: number } } };
  if (range.start.line < 0 || range.start.character < 0 || range.end.line >= text.split('\n').length)
    throw new Error(`An edit stands at ${JSON.stringify(range)}`);
}

/** Lengths of time, shares and sizes as they are written. */
const QUANTITIES = ['4h', '85%', '1.5d', '20k', '300ms', '2w', '1e3', '0.5'];

function counted(text: string): void {
  for (const found of [hoursOf(text), ratioOf(text)])
    if (found !== undefined && !(found >= 0)) throw new Error(`"${text}" came to ${found}`);
  same(typeof milliseconds(text), 'number');
  same(typeof amount(text), 'number');
}

/** The readers of teams and scenarios, of a person's own targets, of arguments, and of what an editor is asked. */
export const TEAM_READERS: readonly Reader[] = [
  {
    name: 'team: a team file, linked',
    share: 80,
    seeds: TEAMS,
    signs: YAML,
    read: (text) => sound(readTeam('team.yaml', memory({ 'team.yaml': text }))),
  },
  {
    name: 'team: a role file, linked',
    share: 80,
    seeds: ROLES,
    signs: [...YAML, ...MARKDOWN],
    read: (text) =>
      sound(readTeam('team.yaml', memory({ 'team.yaml': TEAM, 'roles/lead.md': text, 'roles/x.yaml': text }))),
  },
  { name: 'scenario: linked and made ready', share: 120, seeds: SCENARIOS, signs: YAML, read: played },
  {
    name: 'quantities: times, shares, sizes',
    share: 1_000,
    seeds: QUANTITIES,
    signs: [...'0123456789.,-+eE%', ...['ms', 's', 'm', 'h', 'd', 'w', 'k', 'M', 'G', ' ']],
    read: counted,
  },
  {
    name: "target: a person's own manifest",
    share: 100,
    seeds: [MANIFEST],
    signs: YAML,
    async read(text) {
      const found = await customTarget({
        manifest: { path: 'target.yaml', text },
        templates: new Map([['note.md.hbs', TEMPLATE]]),
      });
      if (Array.isArray(found)) plain(found);
    },
    refuses: [TemplateError],
  },
  {
    name: "target: a person's own template",
    share: 60,
    seeds: [TEMPLATE, ...textsBelow('targets', /\.hbs$/)],
    signs: [
      '{{',
      '}}',
      '{{{',
      '{{#each roles}}',
      '{{/each}}',
      '{{else}}',
      '{{> x}}',
      '{{lookup . "constructor"}}',
      '{{@root}}',
      '../',
      'as |a|',
      ...'ab.[]()"= \n',
    ],
    async read(text) {
      const found = await customTarget({
        manifest: { path: 'target.yaml', text: MANIFEST },
        templates: new Map([['note.md.hbs', text]]),
      });
      if ('render' in found) compile(SQUAD.team, found);
    },
    refuses: [TemplateError],
    short: true,
  },
  {
    name: 'arguments: calls and roles by name',
    share: 300,
    seeds: ['shell:git push *', 'edit:src/a.ts', 'delegate:lead', 'mcp:github/list', 'read'],
    signs: [':', '*', ' ', 'a', '/', 'shell', 'delegate', '"', '\n'],
    read(text) {
      const [role = '', tool = ''] = text.split('\n');
      callsMeant(tool || role, SQUAD.team);
      callReader(SQUAD.team).call(role, tool, undefined);
    },
    refuses: [Unusable],
  },
  {
    name: 'arguments: a shard',
    share: 200,
    seeds: ['2/8', 'auto', 'auto/8', '1/1'],
    signs: [...'0123456789/', 'auto', ' ', '-', '\n'],
    read: (text) => shardOf(text, { CI_NODE_INDEX: text, CI_NODE_TOTAL: text.slice(1) }),
    refuses: [Unusable],
  },
  {
    name: 'words: what was probably meant',
    share: 200,
    seeds: ['delegates-to', 'escalates_to', 'Reports To'],
    signs: [...'aeilorst-_ '],
    read: (text) => didYouMean(text, ['delegates-to', 'escalates-to', text.slice(1), [...text].reverse().join('')]),
  },
  {
    name: 'editor: any place of a file that is being written',
    share: 60,
    seeds: [...TEAMS.slice(0, 12), ...ROLES.slice(0, 12)],
    signs: YAML,
    read: (text, dice) => asked(text, dice.below(text.length + 1)),
  },
];

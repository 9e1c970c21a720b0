import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type CodeAction,
  type CompletionItem,
  type Connection,
  type DocumentHighlight,
  type DocumentSymbol,
  ErrorCodes,
  type Hover,
  type Location,
  type Range,
  type ReferenceParams,
  ResponseError,
  type SymbolInformation,
  SymbolKind,
  type TextDocumentPositionParams,
  TextDocuments,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { linesOf } from '../document/position.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Reference, Role } from '../team/team.ts';
import { Lines } from '../text/source.ts';
import { planRename } from '../workspace/plan-rename.ts';
import type { Check, CheckRequest } from './check.ts';
import { completionsAt } from './completion.ts';
import type { EditedFile } from './edited-file.ts';
import type { Finding } from './findings.ts';
import { highlightsAt } from './highlight.ts';
import { hoverAt } from './hover.ts';
import { definitionOf, meantAt, placesOf } from './names-at.ts';
import { outlineOf } from './outline.ts';
import { rangeIn } from './range.ts';
import { changesOf } from './renaming.ts';
import { schemaFor } from './schema-for.ts';
import { Workplace } from './workplace.ts';

/** How long nobody must have typed before teams are checked, in milliseconds. */
const PAUSE = 150;

/** A cursor in a file of a team. */
interface At {
  readonly loaded: LoadedTeam;
  readonly file: EditedFile;
  readonly offset: number;
}

/** One editor's session: its open files, its teams, and what it was told about them. */
export class Server {
  readonly #connection: Connection;
  readonly #check: Check;
  readonly #open = new TextDocuments(TextDocument);
  /** What the editor shows, by team file. */
  readonly #shown = new Map<string, readonly Finding[]>();
  #root: string;
  #workplace: Workplace;
  /** What the next check must know of: the last text of each file. */
  readonly #changes = new Map<string, string | undefined>();
  /** By path, what was last shown of a file. */
  readonly #outlines = new Map<string, DocumentSymbol[]>();
  #refreshed = false;
  #waiting: NodeJS.Timeout | undefined;
  #checking = false;

  constructor(connection: Connection, { cwd, check }: { readonly cwd: string; readonly check: Check }) {
    this.#connection = connection;
    this.#check = check;
    this.#root = cwd;
    this.#workplace = new Workplace(cwd);
  }

  /** The editor's folder, which paths begin at from now on. */
  root(uri: string | undefined): void {
    if (!uri?.startsWith('file:')) return;
    this.#root = fileURLToPath(uri);
    this.#workplace = new Workplace(this.#root);
  }

  listen(): void {
    this.#open.onDidChangeContent(({ document }) => this.#changed(document.uri, document.getText()));
    this.#open.onDidClose(({ document }) => {
      this.#outlines.delete(this.#path(document.uri) ?? '');
      this.#changed(document.uri, undefined);
    });
    this.#open.onDidSave(() => this.refresh());
    this.#open.listen(this.#connection);
    this.#connection.listen();
  }

  #changed(uri: string, text: string | undefined): void {
    const path = this.#path(uri);
    if (path === undefined) return;
    this.#workplace.changed(path, text);
    this.#changes.set(path, text);
    this.#checkSoon();
  }

  /** Files came, went or changed on the disk. */
  refresh(): void {
    this.#workplace.refresh();
    this.#refreshed = true;
    this.#checkSoon();
  }

  #checkSoon(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => void this.#checkNow(), PAUSE);
  }

  /** Checks each team of which a file is open, and shows what is found in it; one check at a time. */
  async #checkNow(): Promise<void> {
    if (this.#checking) return this.#checkSoon();
    const teams = new Set(this.#open.keys().flatMap((uri) => this.#teamFile(uri) ?? []));
    const request: CheckRequest = {
      root: this.#root,
      changes: [...this.#changes],
      refresh: this.#refreshed,
      teams: [...teams],
    };
    this.#changes.clear();
    this.#refreshed = false;
    for (const team of this.#shown.keys()) if (!teams.has(team)) this.#show(team, []);
    this.#checking = true;
    try {
      const checked = this.#check(request);
      // Who stopped typing will soon ask.
      for (const team of teams) this.#workplace.team(team);
      for (const { team, findings } of await checked) this.#show(team, findings);
    } catch (error) {
      this.#connection.console.error(`The team could not be checked: ${String(error)}`);
    } finally {
      this.#checking = false;
    }
  }

  /** Shows findings in place of those that are shown. */
  #show(team: string, found: readonly Finding[]): void {
    const byFile = new Map<string, Finding['shown'][]>();
    for (const { file } of this.#shown.get(team) ?? []) byFile.set(file, []);
    for (const { file, shown } of found) byFile.set(file, [...(byFile.get(file) ?? []), shown]);
    for (const [file, diagnostics] of byFile)
      void this.#connection.sendDiagnostics({ uri: this.#uri(file), diagnostics });
    if (found.length > 0) this.#shown.set(team, found);
    else this.#shown.delete(team);
  }

  completions(params: TextDocumentPositionParams): CompletionItem[] {
    const at = this.#at(params, (path) => this.#workplace.lately(path));
    return at ? [...completionsAt(at.file, at.offset, at.loaded.team)] : [];
  }

  hover(params: TextDocumentPositionParams): Hover | undefined {
    const at = this.#at(params);
    const told = at && hoverAt(at.loaded, at.file, at.offset);
    return (
      told && {
        contents: { kind: 'markdown', value: told.words },
        range: rangeIn(new Lines(at.file.text), told.range),
      }
    );
  }

  definition(params: TextDocumentPositionParams): Location | undefined {
    const at = this.#at(params);
    const meant = at && meantAt(at.loaded, at.file, at.offset);
    return meant && this.#definition(meant.reference, at.loaded);
  }

  #definition(reference: Reference, loaded: LoadedTeam): Location | undefined {
    const found = definitionOf(reference, loaded);
    return found && { uri: this.#uri(found.document.path), range: rangeIn(linesOf(found.document), found.range) };
  }

  references(params: ReferenceParams): Location[] {
    const at = this.#at(params);
    const meant = at && meantAt(at.loaded, at.file, at.offset);
    if (!meant) return [];
    const places = placesOf(meant.reference, at.loaded).map(({ document, range }) => ({
      uri: this.#uri(document.path),
      range: rangeIn(linesOf(document), range),
    }));
    const itself = params.context.includeDeclaration ? this.#definition(meant.reference, at.loaded) : undefined;
    return itself ? [itself, ...places] : places;
  }

  highlights(params: TextDocumentPositionParams): DocumentHighlight[] {
    const at = this.#at(params);
    return at ? highlightsAt(at.loaded, at.file, at.offset) : [];
  }

  /** What a file holds; what it last held while it can't be read, as half-written keys come and go. */
  outline(uri: string): DocumentSymbol[] {
    const path = this.#path(uri);
    const team = this.#teamFile(uri);
    if (path === undefined || team === undefined) return [];
    const outline = outlineOf(this.#workplace.project.files.document(path), team);
    if (outline) this.#outlines.set(path, outline);
    return this.#outlines.get(path) ?? [];
  }

  /** The name that a rename would change, where one is. */
  renamable(params: TextDocumentPositionParams): Range | undefined {
    const at = this.#at(params);
    const meant = at && meantAt(at.loaded, at.file, at.offset);
    return at && meant?.range && meant.reference.kind === 'role' && meant.reference.role.own
      ? rangeIn(new Lines(at.file.text), meant.range)
      : undefined;
  }

  /** What gives the role that is named at a place another id. Fails with the reason why it can't have it. */
  rename(params: TextDocumentPositionParams, id: string): WorkspaceEdit {
    const at = this.#at(params);
    const meant = at && meantAt(at.loaded, at.file, at.offset)?.reference;
    if (meant?.kind !== 'role') throw new ResponseError(ErrorCodes.InvalidRequest, 'There is no name of a role here.');
    const role = ({ team }: LoadedTeam): Role => team.roles.get(meant.role.id) ?? team.abstract.get(meant.role.id)!;
    const planned = planRename(this.#workplace.project, { team: at!.loaded, role, id });
    if ('because' in planned) throw new ResponseError(ErrorCodes.InvalidRequest, planned.because);
    return { documentChanges: changesOf(planned.renaming, (path) => this.#uri(path)) };
  }

  /** The fixes for findings at a place; none while the check that looks at the last keys is still to come. */
  fixes(uri: string, range: Range): CodeAction[] {
    if (this.#checking || this.#changes.size > 0) return [];
    const path = this.#path(uri);
    return (this.#shown.get(this.#teamFile(uri) ?? '') ?? []).flatMap(({ file, shown, fix }) =>
      fix && file === path && touches(shown.range, range) ? [fix] : [],
    );
  }

  #at(
    { textDocument: { uri }, position }: TextDocumentPositionParams,
    teamOf = (path: string) => this.#workplace.team(path),
  ): At | undefined {
    const path = this.#path(uri);
    const open = this.#open.get(uri);
    const loaded = path === undefined ? undefined : teamOf(path);
    if (path === undefined || !loaded || !open) return undefined;
    const kind = /\.(?:md|markdown)$/i.test(path) ? 'markdown' : 'yaml';
    const schema = schemaFor(path, loaded.team.at.file);
    return { loaded, file: { path, text: open.getText(), kind, schema }, offset: open.offsetAt(position) };
  }

  #teamFile(uri: string): string | undefined {
    const path = this.#path(uri);
    return path === undefined ? undefined : this.#workplace.teamFile(path);
  }

  /** The roles whose id or name has a text in it, of all teams of which a file is open. */
  roles(query: string): SymbolInformation[] {
    const teams = new Set(this.#open.keys().flatMap((uri) => this.#teamFile(uri) ?? []));
    return [...teams].flatMap((file) => {
      const loaded = this.#workplace.lately(file);
      return loaded ? rolesLike(query, loaded).flatMap((role) => this.#symbol(role, loaded)) : [];
    });
  }

  #symbol(role: Role, loaded: LoadedTeam): SymbolInformation[] {
    const location = this.#definition({ kind: 'role', role, name: role.id, exact: true, at: role.at }, loaded);
    const containerName = role.fields.name ?? loaded.team.name;
    return location ? [{ name: role.id, kind: SymbolKind.Class, location, containerName }] : [];
  }

  #path(uri: string): string | undefined {
    return uri.startsWith('file:') ? this.#workplace.path(fileURLToPath(uri)) : undefined;
  }

  #uri(path: string): string {
    return pathToFileURL(this.#workplace.full(path)).href;
  }
}

function rolesLike(query: string, { team: { roles, abstract } }: LoadedTeam): readonly Role[] {
  const like = (text: string): boolean => text.toLowerCase().includes(query.toLowerCase());
  return [...roles.values(), ...abstract.values()].filter(({ id, fields }) => like(id) || like(fields.name ?? ''));
}

function touches(one: Range, other: Range): boolean {
  const before = (a: Range['start'], b: Range['start']): boolean =>
    a.line < b.line || (a.line === b.line && a.character <= b.character);
  return before(one.start, other.end) && before(other.start, one.end);
}

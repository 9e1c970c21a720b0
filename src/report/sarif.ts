import { createHash } from 'node:crypto';
import type {
  Location,
  Log,
  Notification,
  PhysicalLocation,
  Region,
  ReportingDescriptor,
  Result,
  Fix as SarifFix,
} from 'sarif';
import type { Fix, Severity } from '../diagnostic/diagnostic.ts';
import { replacementsOf } from '../document/edit.ts';
import { type Located, locatePlace } from '../document/position.ts';
import { lineOf } from './line.ts';
import { type Finding, findingsOf, type LintResult, pageUrl, worstFirst } from './result.ts';

/** How many results GitHub takes in one run, and how many places in one result. */
const MAX_RESULTS = 25_000;
const MAX_PLACES = 1_000;

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, Result.level>;

/** SARIF 2.1.0, the format of code scanning. Uris are relative to the working folder. */
export function sarif(result: LintResult): string {
  const findings = worstFirst(findingsOf(result));
  const rules = rulesOf(result);
  const index = new Map(rules.map(({ id }, position) => [id, position]));
  const fingerprint = fingerprints();
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'teamc',
            version: result.version,
            semanticVersion: result.version,
            informationUri: 'https://www.npmjs.com/package/teamc',
            rules,
          },
        },
        columnKind: 'utf16CodeUnits',
        ...(findings.length > MAX_RESULTS ? { invocations: [cut(findings.length)] } : {}),
        results: findings
          .slice(0, MAX_RESULTS)
          .map((finding) => resultOf(finding, index.get(finding.diagnostic.rule), fingerprint(finding))),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function rulesOf({ rules, page }: LintResult): ReportingDescriptor[] {
  return rules.map(({ id, summary, severity, profile }) => {
    const markdown = page?.(id);
    return {
      id,
      shortDescription: { text: summary },
      fullDescription: { text: summary },
      helpUri: pageUrl(id),
      help: { text: `${summary} See ${pageUrl(id)}`, ...(markdown === undefined ? {} : { markdown }) },
      defaultConfiguration: { level: LEVELS[severity], enabled: profile !== 'strict' },
      properties: { tags: profile === 'strict' ? ['agents', 'strict'] : ['agents'] },
    };
  });
}

/** Says what a limit left out. */
function cut(all: number): { executionSuccessful: boolean; toolExecutionNotifications: Notification[] } {
  const text = `${all - MAX_RESULTS} findings are left out: code scanning takes ${MAX_RESULTS} of a run.`;
  return { executionSuccessful: true, toolExecutionNotifications: [{ level: 'warning', message: { text } }] };
}

function resultOf({ diagnostic, team, at, related }: Finding, ruleIndex: number | undefined, hash: string): Result {
  const { rule, severity, message, help, fix, role } = diagnostic;
  const changes = fix && fixOf(fix, team.loaded.documents);
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[severity],
    message: { text: help === undefined ? message : `${message} ${help}` },
    locations: [
      {
        physicalLocation: physical(at),
        ...(role === undefined ? {} : { logicalLocations: [{ name: role, kind: 'role' }] }),
      },
    ],
    ...(related.length === 0 ? {} : { relatedLocations: related.slice(0, MAX_PLACES).map(relatedLocation) }),
    partialFingerprints: { primaryLocationLineHash: hash },
    ...(changes ? { fixes: [changes] } : {}),
  };
}

function relatedLocation({ at, message }: Finding['related'][number], index: number): Location {
  return { id: index + 1, physicalLocation: physical(at), message: { text: message } };
}

function physical(at: Located): PhysicalLocation {
  return { artifactLocation: artifact(at.file), region: regionOf(at) };
}

function artifact(file: string): { uri: string } {
  const [, drive, path = file] = /^([A-Za-z]:)(\/.*)$/s.exec(file) ?? [];
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return { uri: drive === undefined ? uri : `file:///${drive}${uri}` };
}

/** A file that could not be read has no columns to point at: its first line stands for it. */
function regionOf({ document, line, column, endLine, endColumn }: Located): Region {
  return document ? { startLine: line, startColumn: column, endLine, endColumn } : { startLine: line };
}

/** A fix as replacements in files, or nothing when one of its edits can't be made. */
function fixOf({ title, safety, edits }: Fix, documents: Parameters<typeof locatePlace>[1]): SarifFix | undefined {
  const byFile = new Map<string, { deletedRegion: Region; insertedContent: { text: string } }[]>();
  for (const edit of edits) {
    const holder = documents.get(edit.at.file);
    const made = holder && replacementsOf(edit, holder);
    if (!made) return undefined;
    for (const { document, range, text } of made) {
      const at = { file: document.path, pointer: [], span: range };
      const replacements = byFile.get(document.path) ?? [];
      replacements.push({
        deletedRegion: regionOf(locatePlace(at, new Map([[document.path, document]]))),
        insertedContent: { text },
      });
      byFile.set(document.path, replacements);
    }
  }
  const artifactChanges = [...byFile].map(([file, replacements]) => ({
    artifactLocation: artifact(file),
    replacements,
  }));
  return artifactChanges.length === 0
    ? undefined
    : { description: { text: title }, artifactChanges, properties: { safety } };
}

/**
 * Names findings so that they keep their name when lines above them come and go: by rule, file and the text of the line,
 * and where these are equal by a number, as GitHub's own fingerprints do.
 */
function fingerprints(): (finding: Finding) => string {
  const seen = new Map<string, number>();
  return ({ diagnostic, at }) => {
    const line = at.document ? lineOf(at.document, at.line).trim().replace(/\s+/g, ' ') : '';
    const hash = createHash('sha256').update([diagnostic.rule, at.file, line].join('\0')).digest('hex').slice(0, 16);
    const number = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, number);
    return `${hash}:${number}`;
  };
}

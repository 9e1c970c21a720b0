import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { readJsonLoosely } from '../../document/json.ts';
import type { Loose } from '../../document/yaml/loose.ts';
import type { Source } from '../../text/source.ts';
import { wholeText } from '../agent-file.ts';
import type { Passage } from '../found.ts';
import { span, stopped, tell } from '../tell.ts';
import type { OpencodePart } from './opencode-merge.ts';
import { referencesIn } from './opencode-texts.ts';

/** Settings of opencode's, read. */
export interface Settings {
  readonly source: Source;
  readonly data: Loose['data'];
  readonly locate: Loose['locate'];
  /** The texts that are put in, by how they are written. */
  readonly texts: ReadonlyMap<string, Source>;
  readonly problems: readonly Diagnostic[];
}

/** Reads settings; `texts` are the files that they may put in, by path. */
export function settingsOf(source: Source, texts: ReadonlyMap<string, Source>): Settings {
  const { data, locate, broken } = readJsonLoosely(source.text);
  const references = referencesIn(source);
  return {
    source,
    data,
    locate,
    texts: new Map(
      references.flatMap(({ written, path }) => {
        const text = texts.get(path);
        return text ? [[written, text] as const] : [];
      }),
    ),
    problems: [
      ...(broken
        ? [
            tell(
              'platform-refuses-file',
              'error',
              stopped(source, broken.offset),
              `opencode does not start: this is no JSON, ${broken.reason}.`,
              { help: 'Comments and commas behind the last value are fine; everything else must be JSON.' },
            ),
          ]
        : []),
      ...references.flatMap(({ written, path, offset }) => (texts.has(path) ? [] : [notRead(source, written, offset)])),
    ],
  };
}

/** A file outside of the project is never read, so that it is not known whether it is there. */
function notRead({ path }: Source, written: string, offset: number): Diagnostic {
  return tell(
    'platform-refuses-file',
    'warning',
    span(path, [offset, offset + written.length]),
    `"${written}" names no file of this project; where there is none at all, opencode does not start.`,
    { help: 'Name a file from the folder of these settings, without a blank after the colon.' },
  );
}

/** What an entry under `agent` or `mode` says of an agent. */
export function entryOf(
  name: string,
  key: 'agent' | 'mode',
  entry: Readonly<Record<string, unknown>>,
  { source, locate, texts }: Settings,
  inherited: Readonly<Record<string, unknown>>,
): OpencodePart {
  const { prompt, ...rest } = entry;
  const data = prompt === undefined || typeof prompt === 'string' ? rest : entry;
  const base = [key, name];
  const speaks = typeof prompt === 'string' && prompt.trim() !== '';
  return {
    called: name,
    speaks,
    platform: 'opencode',
    file: source.path,
    data: key === 'mode' ? { ...data, mode: 'primary' } : data,
    inherited,
    inList: true,
    place: (pointer, on) => span(source.path, locate([...base, ...pointer], on)),
    prompt: speaks ? [spokenIn(prompt, texts, span(source.path, locate([...base, 'prompt'])))] : [],
  };
}

/** A prompt with the texts that are put in: the file itself where it is nothing else. */
function spokenIn(prompt: string, texts: ReadonlyMap<string, Source>, at: ReturnType<typeof span>): Passage {
  const whole = texts.get(prompt.trim());
  if (whole) return wholeText(whole);
  return quoted(
    [...texts].reduce((text, [written, source]) => text.replaceAll(written, () => source.text.trim()), prompt),
    at,
  );
}

/** A text in quotes: a part of it is shown as the whole, as it is not written as it reads. */
function quoted(text: string, at: ReturnType<typeof span>): Passage {
  return { text, place: () => at };
}

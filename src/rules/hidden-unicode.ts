import type { Document } from '../document/document.ts';
import type { Place } from '../text/place.ts';
import { ownDocuments, rolesByFile } from './own-text.ts';
import type { Rule, RuleContext } from './rule.ts';

/** What a model reads and a person does not see is the easiest way to slip it an order. */
export const hiddenUnicode: Rule = {
  id: 'hidden-unicode',
  summary: 'A text holds characters that nobody sees.',
  severity: 'warning',

  check(context) {
    const roles = rolesByFile(context);
    for (const document of ownDocuments(context)) {
      if (!HIDDEN.test(document.text)) continue;
      const role = roles.get(document.path);
      for (const run of runsIn(document)) reportRun(run, role?.id, context);
    }
  },
};

/** Zero-width characters, marks that turn the direction of text, tag characters. */
const HIDDEN = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|\udb40[\udc00-\udc7f]/;
const RUNS = new RegExp(`(?:${HIDDEN.source})+`, 'g');
const ONE = new RegExp(HIDDEN.source, 'g');

interface Run {
  readonly at: Place;
  readonly characters: readonly string[];
}

function runsIn({ path, text }: Document): readonly Run[] {
  return [...text.matchAll(RUNS)].flatMap(({ 0: found, index }) => {
    const end = index + found.length;
    const before = text.slice(Math.max(0, index - NEAR), index);
    const after = text.slice(end, end + NEAR);
    if (isOrdinary(found, before, after)) return [];
    const at: Place = { file: path, pointer: [], span: [index, end] };
    return [{ at, characters: found.match(ONE) ?? [] }];
  });
}

/** How much of the text on either side is looked at. */
const NEAR = 40;

/** Whether writing needs them: joiners in emoji and in scripts that join, marks beside right-to-left letters, flags. */
function isOrdinary(found: string, before: string, after: string): boolean {
  if (found === '\u200d' || found === '\u200c')
    return (
      (/(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u.test(before) &&
        /^\p{Extended_Pictographic}/u.test(after)) ||
      (JOINING.test(before.slice(-1)) && (found === '\u200c' || JOINING.test(after.slice(0, 1))))
    );
  if (/^[\u061c\u200e\u200f]$/.test(found)) return RIGHT_TO_LEFT.test(before) || RIGHT_TO_LEFT.test(after);
  return /\ud83c\udff4$/.test(before) && /^(?:\udb40[\udc30-\udc7a])+\udb40\udc7f$/.test(found);
}

const JOINING =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

function reportRun({ at, characters }: Run, role: string | undefined, { report }: RuleContext): void {
  const spelt = characters
    .map((character) => (character.codePointAt(0) ?? 0) - 0xe0000)
    .filter((code) => code >= 0x20 && code < 0x7f)
    .map((code) => String.fromCharCode(code))
    .join('');
  const names = [...new Set(characters.map(nameOf))];
  const hides =
    characters.length === 1
      ? `There is a character here that nobody sees`
      : `There are ${characters.length} characters here that nobody sees`;
  report({
    at,
    ...(role === undefined ? {} : { role }),
    ...(spelt !== '' || characters.some((character) => /[\u202a-\u202e\u2066-\u2069]/.test(character))
      ? { severity: 'error' as const }
      : {}),
    message: `${hides}: ${spelt === '' ? names.slice(0, 3).join(', ') : `they spell "${spelt.slice(0, 60)}"`}.`,
    help: 'Take them out; a model reads them all the same.',
    fix: { title: 'Take out what nobody sees', safety: 'safe', edits: [{ at, text: '' }] },
  });
}

const NAMES: Readonly<Record<number, string>> = {
  1564: 'Arabic letter mark',
  8203: 'zero width space',
  8204: 'zero width non-joiner',
  8205: 'zero width joiner',
  8206: 'left-to-right mark',
  8207: 'right-to-left mark',
  8234: 'left-to-right embedding',
  8235: 'right-to-left embedding',
  8236: 'pop directional formatting',
  8237: 'left-to-right override',
  8238: 'right-to-left override',
  8288: 'word joiner',
  8294: 'left-to-right isolate',
  8295: 'right-to-left isolate',
  8296: 'first strong isolate',
  8297: 'pop directional isolate',
  65279: 'byte order mark',
};

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const name = NAMES[code] ?? (code >= 0xe0000 ? 'tag character' : 'invisible operator');
  return `${name} (${number})`;
}

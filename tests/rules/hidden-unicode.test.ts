import { expect, test } from 'vitest';
import { applyEdits } from '../../src/document/edit.ts';
import { hiddenUnicode } from '../../src/rules/hidden-unicode.ts';
import { lint } from '../../src/rules/lint.ts';
import { loadText } from '../memory.ts';

const NOTHING = '\u200b\u2060\ufeff\u202e\u2066\u{e0041}';

test('taking out what nobody sees leaves what everybody sees, and nothing to find', () => {
  const seen = 'teamc: 1\nroles: { a: { description: "👩🏽‍💻 Plans für alle" } }\n';
  const hidden = seen.replace('Plans', `Pl${NOTHING}ans`).replace('alle', `${NOTHING}alle${NOTHING}`);
  const loaded = loadText(hidden);
  const found = lint(loaded, { rules: [hiddenUnicode] });
  const edits = found.flatMap(({ fix }) => fix?.edits ?? []);
  expect(found.length).toBe(3);
  expect(applyEdits(loaded.documents.get('team.yaml')!, edits).text).toBe(seen);
});

import { createHash } from 'node:crypto';
import { xml } from './xml.ts';

/** What a page is made of: `body` is HTML; `data` is plain, and the script finds it in the element `data`. */
export interface Page {
  readonly title: string;
  readonly style: string;
  readonly body: string;
  readonly data: unknown;
  readonly script: string;
}

/**
 * A page as one HTML file that works offline. It asks nothing of any network, and its policy lets no script and no style
 * be but its own.
 */
export function pageOf({ title, style, body, data, script }: Page): string {
  const policy = `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${xml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
<script type="application/json" id="data">${json(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Data inside a script element, in which nothing ends the element. */
function json(data: unknown): string {
  return JSON.stringify(data).replace(
    /[<>\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

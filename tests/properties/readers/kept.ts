/** Texts by which a reader once failed, by the reader's name: each is tried in every run. */
export const KEPT: Readonly<Record<string, readonly string[]>> = {
  'pattern: look-aheads taken apart': ['.*[', '('.repeat(2_000)],
  "import: Roo's modes and rules": ['# a\n`b', '', 'customModes:\n  - slug: a\n    name: "b'],
  "import: Roo Commander's modes": ['---\nid: "a'],
  'import: sections that teamc wrote': ['## Messages\n- a: b\n  - Template: "', '## Tags\n- "C:\\x"'],
  'import: words that teamc wrote': ['"C:\\x"', '"a\tb", c', '__proto__ is a, b', '`__proto__:x`'],
};

/** Lines that differ in a number. */
function numbered(count: number, line: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => line(at)).join('');
}

/** Texts by which a reader once failed, by the reader's name: each is tried in every run. */
export const KEPT: Readonly<Record<string, readonly string[]>> = {
  'YAML: a team file': [`---\na: ${': '.repeat(48_000)}x\n---\n`],
  'comments: teamc-ignore': [
    `# teamc-ignore a\n${numbered(8_000, (at) => `k${at}: v\n`)}`,
    `a: b\n${'# teamc-ignore a\nb:\n'.repeat(5_000)}`,
  ],
  'prose: mentions of a role': [`---\ndescription: @dev ${'\r'.repeat(40_000)}x\n---\n`],
  'loose YAML: front matter of agents': [
    '\n  - \n---\na: 1\n---\n\n*a?',
    `a: "\n${numbered(2_000, (at) => `k${at}: v\n`)}`,
  ],
  'Markdown: as opencode itself reads it': [`---\nname: b\n${'\n'.repeat(40_000)}---\n`],
  'TOML: front matter of agents': [numbered(10_000, (at) => `k${at} = 1\n`)],
  'team: a team file, linked': [`teamc: 1\n${numbered(2_000, (at) => `k${at}: v\n`)}`],
  'merge: settings in JSON': [`{${numbered(8_000, (at) => `"k${at}":1,`)}"z":1}`],
  'words: what was probably meant': ['ab'.repeat(100_000)],
  'manifest: what teamc wrote before': [
    '{"teamc":1,"team":"a","source":"b","files":{"x.json":{"target":"a","from":"b","sha256":"c","entriesOf":"d","created":true,"entries":[],"undo":[[-1,1e308,"x"]]}},"folders":[]}',
  ],
  'manifest: where it stands': [`a${'-'.repeat(100_000)}b`],
  'cache: an answer that was kept': ['TcA1{\0\0\0'.padEnd(140, '\0')],
  "import: Claude Code's agents and settings": [
    `---\nname: a${'-'.repeat(60_000)}x\n---\n`,
    `---\nname: a\n---\n${'<!-- teamc: generated from '.repeat(4_000)}`,
    `---\nname: b\n${'# a\n\n'.repeat(50_000)}---\nx`,
  ],
  "import: opencode's permissions": [`{"permission":{"${'*a'.repeat(12)}_":"ask","${'a'.repeat(300)}":"deny"}}`],
  'pattern: command': ['- -\n'.repeat(40_000)],
  'pattern: path': ['+++\n'.repeat(40_000)],
  'pattern: opencode': ['a, '.repeat(60_000)],
  'pattern: url': [`https://exa${'*'.repeat(39)}m${'*'.repeat(48)}ple.com/*`],
  'patterns: what two wildcards have in common': ['?*'.repeat(44)],
  'pattern: look-aheads taken apart': ['.*[', '('.repeat(2_000)],
  "pattern: Roo's fileRegex as globs": ['x'.repeat(3_000)],
  "import: Roo's modes and rules": [
    '# a\n`b',
    '',
    'customModes:\n  - slug: a\n    name: "b',
    `customModes:\n${'  - slug: a\n'.repeat(4_000)}`,
  ],
  "import: Roo Commander's modes": ['---\nid: "a'],
  'import: sections that teamc wrote': ['## Messages\n- a: b\n  - Template: "', '## Tags\n- "C:\\x"'],
  'import: words that teamc wrote': ['#'.repeat(400_000), '"C:\\x"', '"a\tb", c', '__proto__ is a, b', '`__proto__:x`'],
};

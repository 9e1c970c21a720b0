// A guide for each platform, from its manifest: what is written, what the platform holds, and where it is open.
const LEVELS = {
  native: 'the platform itself holds the role to it',
  guarded: 'a guard that teamc writes beside the files holds the role to it',
  prose: 'only the prompt says it',
  lost: 'it is left out',
};

/** The guide of a target as Markdown. */
export function targetGuide({
  target,
  aliases = [],
  title,
  docs,
  verified,
  tools,
  always = [],
  carries,
  limits,
  holes = [],
  emit,
  as,
}) {
  const other = aliases.length > 0 ? ` (also \`${aliases.join('`, `')}\`)` : '';
  return [
    `# ${title}`,
    `\`teamc build --target ${target}\`${other} writes the files of [${title}](${docs}). What this page says was checked with ${title} ${verified}. Generated from [\`targets/${target}/target.yaml\`](https://unpkg.com/teamc/targets/${target}/target.yaml).`,
    '## Files',
    files(emit),
    ...Object.entries(as ?? {}).map(([form, list]) => `With \`--as ${form}\`:\n\n${files(list)}`),
    '## Tools',
    `A tool that is missing here does not exist on ${title}: nobody has it.${always.length > 0 ? ` Whatever a role says, everybody has ${always.map((tool) => `\`${tool}\``).join(', ')}; the prompt says which of them the role does without.` : ''}`,
    `| teamc | ${title} |\n|---|---|\n${Object.entries(tools)
      .map(([name, own]) => `| \`${name}\` | ${own.map((one) => `\`${one}\``).join(', ')} |`)
      .join('\n')}`,
    '## What becomes of what a role says',
    Object.entries(LEVELS)
      .map(([level, what]) => `- **${level}**: ${what}`)
      .join('\n'),
    fidelity(carries),
    'These are the best levels that the platform allows. What becomes of one team, role by role, is told by `teamc build`, by `teamc explain ROLE`, and by `teamc lint --target ' +
      `${target}\`; \`teamc build --require guarded\` refuses a team that can't be held to its word.`,
    ...(Object.keys(limits).length > 0 ? ['## Limits', limitTable(limits)] : []),
    ...(holes.length > 0
      ? [
          '## What nobody holds',
          `Whatever a team says, ${title} does not see this:`,
          holes.map(({ what, example }) => `- ${what}${example ? `: ${code(example)}` : ''}`).join('\n'),
        ]
      : []),
    '',
  ].join('\n\n');
}

function files(list) {
  const rows = list.map(({ for: each, path, shared }) => {
    const note = shared ? '; what stands there beside it is kept' : '';
    return `| \`${path.replaceAll('{{id}}', '<role>')}\` | one for ${each === 'role' ? 'each role' : 'the team'}${note} |`;
  });
  return `| file | |\n|---|---|\n${rows.join('\n')}`;
}

function fidelity(carries) {
  const rows = Object.entries(carries).map(([feature, answer]) => {
    const { level, because = '' } = typeof answer === 'string' ? { level: answer } : answer;
    return `| \`${feature}\` | ${level} | ${because.replaceAll('|', '\\|')} |`;
  });
  return `| field | level | |\n|---|---|---|\n${rows.join('\n')}`;
}

const LIMITS = {
  'id-length': (value) => `An id of a role has at most ${value} characters.`,
  'descriptions-tokens': (value) => `The descriptions of all roles together take at most ${value} tokens.`,
  'file-size': (value) => `A file has at most ${value} bytes.`,
  depth: (value) => `Work is handed on over at most ${value} roles.`,
};

function limitTable(limits) {
  return Object.entries(limits)
    .map(([name, value]) => {
      if (!LIMITS[name]) throw new Error(`The limit "${name}" has no words in scripts/target-guides.mjs`);
      return `- ${LIMITS[name](value)}`;
    })
    .join('\n');
}

function code(text) {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

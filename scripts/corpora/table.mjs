/** What is told of files that could not be read as they stand. */
const UNREADABLE = new Set([
  'unreadable',
  'yaml-syntax',
  'platform-drops-file',
  'platform-refuses-file',
  'front-matter-repaired',
]);

/** What became of a collection, in a few lines. */
export function describeCollection({
  name,
  platform,
  files,
  said,
  agents,
  relations,
  cycles = [],
  told,
  others,
  round,
}) {
  const head = `\n${name} (${platform}): ${files} files, ${agents} agents`;
  if (agents === 0 && said) return `${head}\n  ${said}`;
  const lines = [
    head,
    ...(said ? [said] : []),
    `relations: ${counted(relations, ({ type }) => type) || 'none'}`,
    ...(relations.length > 0 ? [`targets: ${counted(relations, ({ resolution }) => resolution.kind)}`] : []),
    ...cycles.map((ring) => `ring of delegation: ${ring.join(', ')}`),
    ...(round ? [came(round)] : []),
    ...(others > 0 ? [`${others} files are none of the platform's`] : []),
    ...(told.length > 0 ? [`told: ${counted(told, ({ rule }) => rule)}`] : []),
    ...told.filter(({ rule }) => UNREADABLE.has(rule)).map(({ file, line, message }) => `${file}:${line}: ${message}`),
  ];
  return lines.join('\n  ');
}

/** What came back of definitions that were imported and built again. */
function came({ same, stricter, different, left }) {
  const parts = [`${same} as they were`];
  if (stricter.length > 0) parts.push(`${stricter.length} with stricter rules`);
  if (different.length > 0) parts.push(`${different.length} not the same`);
  for (const [why, count] of left) parts.push(`${count} not compared (${why})`);
  return `imported and built again: ${parts.join(', ')}`;
}

/** How the relations compare with the lists, and why they differ. */
export function describeGold(scores) {
  const rows = scores.map(({ corpus, listed, found, hits, raw, precision, recall }) =>
    [
      corpus.padEnd(24),
      listed,
      found,
      hits,
      percent(raw.precision),
      percent(raw.recall),
      percent(precision),
      percent(recall),
    ]
      .map((cell) => String(cell).padStart(8))
      .join(''),
  );
  const title = [
    'relations against lists'.padEnd(24),
    'listed',
    'found',
    'both',
    'prec.',
    'recall',
    'judged',
    'judged',
  ];
  const reasons = scores.flatMap(({ corpus, disagreements }) => {
    const groups = groupBy(disagreements, ({ verdict, side }) => reasonOf(verdict, side));
    return [...groups].map(
      ([reason, group]) =>
        `  ${corpus}: ${group.length} × ${reason}${group[0].verdict ? '' : `\n    ${group.map(({ key }) => key).join('\n    ')}`}`,
    );
  });
  return ['', title.map((cell) => cell.padStart(8)).join(''), ...rows, 'where they differ:', ...reasons].join('\n');
}

function reasonOf(verdict, side) {
  if (!verdict)
    return side === 'extra' ? 'found, not listed, and not looked at yet:' : 'listed, not found, and not looked at yet:';
  return `${side === 'extra' ? 'found, not listed' : 'listed, not found'} (${verdict.right} is right): ${verdict.because}`;
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** How often each kind occurs, most frequent first. */
function counted(items, kindOf) {
  const counts = new Map();
  for (const item of items) counts.set(kindOf(item), (counts.get(kindOf(item)) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ');
}

function percent(share) {
  return share.toFixed(3);
}

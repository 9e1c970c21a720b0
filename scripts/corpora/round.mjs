// Imports a collection, builds it again, and holds each definition that its platform would load against what came back.
import { isDeepStrictEqual } from 'node:util';

/** What a platform does not load is not expected to come back the same, nor what it cuts; what it widens is. */
const REFUSED = new Set(['platform-drops-file', 'platform-refuses-file', 'platform-cuts-file']);

/** Fields that are compared as they are; text by its words. */
const FIELDS = {
  'claude-code': [
    'name',
    'description',
    'model',
    'color',
    'maxTurns',
    'effort',
    'isolation',
    'background',
    'disallowedTools',
  ],
  opencode: [
    'description',
    'mode',
    'model',
    'temperature',
    'steps',
    'color',
    'hidden',
    'disable',
    'top_p',
    'variant',
    'options',
  ],
  roo: ['slug', 'name', 'roleDefinition', 'whenToUse', 'description', 'customInstructions'],
};

/**
 * How many definitions came back as they were, and in what the others differ: rules that a platform can't say as exactly
 * come back stricter, as the fidelity report of a build says. Of those that no platform loads, the reason is counted. One whose
 * name another file of the collection has too is a definition all the same: it is imported by itself.
 */
export function roundTrip(teamc, teams, read) {
  const result = { same: 0, stricter: [], different: [], left: new Map() };
  const alone = new Set();
  for (const team of teams.filter(({ drafts }) => drafts.length > 0)) {
    const { target } = team.reader;
    const after = new Map(agentsOf(teamc, rebuilt(teamc, team, target), target).map((agent) => [agent.id, agent]));
    const whyNot = unloadedBy(team);
    for (const agent of team.found.agents) {
      const why = whyNot(agent);
      if (why === undefined) judge(agent, differences(teamc, agent, after.get(agent.id), target), result);
      else if (why === TWIN && read.length > 1) alone.add(agent.file);
      else result.left.set(why, (result.left.get(why) ?? 0) + 1);
    }
  }
  for (const file of alone) {
    const own = read.filter(({ path }) => path === file);
    add(result, roundTrip(teamc, teamc.readProject('.', own), own));
  }
  return result;
}

function add(result, { same, stricter, different, left }) {
  result.same += same;
  result.stricter.push(...stricter);
  result.different.push(...different);
  for (const [why, count] of left) result.left.set(why, (result.left.get(why) ?? 0) + count);
}

function judge({ file, id }, why, result) {
  const list = why.every((one) => one.includes('the rules are stricter')) ? result.stricter : result.different;
  if (why.length === 0) result.same++;
  else list.push(`${file} (${id}): ${why.join('; ')}`);
}

const TWIN = 'another definition has its name';

/** Answers why a platform does not load an agent as it stands; nothing where it does. */
function unloadedBy({ found, reader }) {
  const told = new Map(
    found.problems
      .filter(({ rule, severity }) => REFUSED.has(rule) && severity !== 'info')
      .map(({ role, at, message, rule }) => [role ?? at.file, /loads one of the/.test(message) ? TWIN : rule]),
  );
  return (agent) => {
    if (reader.platform === 'roo-commander') return "a source of Roo Commander's, which no platform loads";
    return isSecond(agent) ? TWIN : (told.get(agent.id) ?? told.get(agent.file));
  };
}

/** The agents that a platform's own reader finds in files. */
function agentsOf(teamc, files, target) {
  const read = Object.entries(files).flatMap(([path, text]) => {
    const file = teamc.platformFileOf(path);
    return file ? [{ ...file, source: { path, text } }] : [];
  });
  return teamc
    .readProject('.', read)
    .filter(({ reader }) => reader.target === target)
    .flatMap(({ found }) => found.agents);
}

/** One of several of the same name: no platform loads both. */
function isSecond({ id, data }) {
  return typeof data.slug === 'string' && id !== data.slug && id.startsWith(`${data.slug}-`);
}

/** What a target makes of the team that an import writes. */
function rebuilt(teamc, team, target) {
  const files = new Map(teamc.writeTeam([team]).files.map(({ path, text }) => [path, text]));
  const documents = new Map();
  const document = (path) => {
    if (!documents.has(path))
      documents.set(path, files.has(path) ? teamc.readDocument({ path, text: files.get(path) }) : undefined);
    return documents.get(path);
  };
  const { team: linked } = teamc.readTeam('team.yaml', {
    document,
    list: () => undefined,
    roles: () => ({ paths: [...files.keys()].filter((path) => path !== 'team.yaml'), problems: [] }),
    teamFile: (path) => path,
  });
  const plan = teamc.compile(linked, teamc.builtinTarget(target));
  return Object.fromEntries(plan.files.map(({ path, content }) => [path, content]));
}

function differences(teamc, before, after, target) {
  if (!after) return ['it did not come back'];
  const found = FIELDS[target]
    .filter((field) => !alike(field, before.data[field], after.data[field], target))
    .map((field) => `${field}: ${shown(before.data[field])} came back as ${shown(after.data[field])}`);
  if (textOf(before) !== textOf(after)) found.push('the text is another');
  return [...found, ...(OWN[target]?.(teamc, before, after) ?? [])];
}

const OWN = {
  'claude-code': (teamc, before, after) => {
    const tools = ({ data }) =>
      data.tools === undefined
        ? 'all'
        : JSON.stringify((teamc.claudeTools(data.tools) ?? []).map(({ entry }) => entry).sort());
    if (typeof before.data.tools === 'object' && before.data.tools !== null && !Array.isArray(before.data.tools))
      return [];
    return tools(before) === tools(after) ? [] : [`tools: ${tools(before)} came back as ${tools(after)}`];
  },
  opencode: (teamc, before, after) =>
    [
      ['bash', 'command'],
      ['edit', 'path'],
      ['webfetch', 'url'],
    ].flatMap(([key, domain]) => {
      const { verdict, cells } = teamc.compare(policy(teamc, before, key), policy(teamc, after, key), { domain });
      const cell = cells.find(({ from, to }) => from !== to);
      return verdict === 'equal'
        ? []
        : [`${key}: the rules are ${verdict}${cell ? `, ${cell.witness}: ${cell.from} came back as ${cell.to}` : ''}`];
    }),
  roo: (_, before, after) => {
    const groups = ({ data }) =>
      JSON.stringify(
        (Array.isArray(data.groups) ? data.groups : [])
          .filter((group) => group !== 'browser')
          .map((group) => JSON.stringify(group))
          .sort(),
      );
    return groups(before) === groups(after) ? [] : [`groups: ${groups(before)} came back as ${groups(after)}`];
  },
};

/** What opencode holds of a key: its own rules behind those that it gives every agent. */
function policy(teamc, agent, key) {
  const place = () => agent.place([]);
  const rules = [...teamc.rulesIn(agent.inherited ?? {}, place), ...teamc.rulesIn(agent.data, place)]
    .filter((rule) => teamc.covers(rule.key, key))
    .map(({ pattern, action }) => ({ dialect: 'opencode', pattern, decision: action }));
  return { lists: [{ otherwise: 'allow', rules }] };
}

/** Equal but for white space, and for what means the same when it is left out. */
function alike(field, before, after, target) {
  if (typeof before === 'string' && typeof after === 'string') return plain(before) === plain(after);
  if (field === 'mode' && target === 'opencode') return (before ?? 'all') === (after ?? 'all');
  if (field === 'disallowedTools') return plain(String(before ?? '')) === plain(String(after ?? ''));
  if (
    before === null ||
    before === '' ||
    (typeof before === 'object' && !Array.isArray(before) && target === 'claude-code')
  )
    return true;
  return isDeepStrictEqual(before, after);
}

function plain(text) {
  return text.replace(/\s+/g, ' ').trim();
}

function textOf({ prompt }) {
  return prompt.map(({ text }) => plain(text)).join(' ');
}

function shown(value) {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

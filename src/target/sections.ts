import { conditionsOf } from '../team/condition.ts';
import { entries, items, listOf } from '../team/items.ts';
import type { PermissionEntry } from '../team/permissions.ts';
import type { EdgeType, Role, Team } from '../team/team.ts';
import type { Tool } from '../team/tools.ts';
import { levelOf } from './claims.ts';
import type { Feature } from './features.ts';
import { brought } from './left-out.ts';
import {
  anyWord,
  call,
  conditions,
  details,
  edgeLine,
  everyone,
  flat,
  head,
  type Line,
  listed,
  type NameOf,
  plainly,
  stepLine,
  who,
} from './phrases.ts';
import type { Manifest } from './target.ts';

/** A part of a prompt that says in words what the role says as data. */
export interface Section {
  readonly feature: Feature;
  readonly title: string;
  readonly lines: readonly Line[];
  /** Whether the order counts: a numbered list. */
  readonly ordered?: boolean;
}

interface Writing {
  readonly role: Role;
  readonly team: Team;
  readonly nameOf: NameOf;
  /** The platform that is written for, where it is one alone. */
  readonly manifest: Manifest | undefined;
}

type Write = (writing: Writing) => readonly Line[];

/**
 * Every section, in the order of the prompt, with the feature it speaks for. Titles and wording are fixed, so that a
 * file that teamc wrote can be read back.
 */
const SECTIONS: readonly (readonly [feature: Feature, title: string, write: Write, ordered?: boolean])[] = [
  ['mission', 'Mission', ({ role }) => texts(role.fields.mission)],
  ['level', 'Level', ({ role }) => texts(role.fields.level)],
  ['department', 'Department', ({ role }) => texts(role.fields.department)],
  ['categories', 'Categories', ({ role }) => inline(role.fields.categories)],
  ['tags', 'Tags', ({ role }) => inline(role.fields.tags)],
  ['version', 'Version', ({ role }) => texts(role.fields.version)],
  ['responsibilities', 'Responsibilities', ({ role }) => catalogue(role.fields.responsibilities)],
  ['capabilities', 'Capabilities', ({ role }) => catalogue(role.fields.capabilities)],
  ['accepts', 'Accepts', ({ role }) => pairs(role.fields.accepts)],
  ['expertise', 'Expertise', ({ role }) => pairs(role.fields.expertise)],
  ['stack', 'Stack', ({ role }) => pairs(role.fields.stack)],
  ['tools', 'Limited to', limitedTo],
  ['tools', 'Do without', doWithout],
  ['skills', 'Skills', ({ role }) => inline(role.fields.skills)],
  ['mcp-servers', 'MCP servers', ({ role }) => pairs(role.fields['mcp-servers'])],
  ['reads', 'Reads', reads],
  ['workflow', 'Workflow', ({ role, nameOf }) => role.work.workflow.map((step) => stepLine(step, nameOf)), true],
  ['must', 'Must', must],
  ['must-not', 'Must not', mustNot],
  ['delegates-to', 'Delegates to', edges('delegates-to')],
  ['delegation', 'Delegation', delegation],
  ['handoff', 'Hand-off', handoff],
  ['receives-from', 'Receives from', edges('receives-from')],
  ['escalates-to', 'Escalates to', edges('escalates-to')],
  ['ladder', 'When something fails', ladder, true],
  ['reports-to', 'Reports to', edges('reports-to')],
  ['collaborates-with', 'Collaborates with', edges('collaborates-with')],
  ['owns', 'Owns', owns],
  ['quality-gates', 'Quality gates', gates],
  ['standards', 'Standards', ({ role }) => catalogue(role.fields.standards)],
  ['decisions', 'Decisions', decisions],
  ['priorities', 'Priorities', ({ role }) => texts(role.fields.priorities), true],
  ['metrics', 'Metrics', metrics],
  ['capacity', 'Capacity', capacity],
  ['messages', 'Messages', messages],
  ['playbooks', 'Playbooks', playbooks],
  ['examples', 'Examples', examples],
];

/** The titles of the sections that are not about permissions, in their order. */
export const TITLES: readonly string[] = SECTIONS.map(([, title]) => title);

/** What a role says as data, as sections of its prompt; those that would be empty are left out. */
export function sectionsOf(role: Role, team: Team, nameOf: NameOf, manifest?: Manifest): readonly Section[] {
  const writing = { role, team, nameOf, manifest };
  return [
    ...SECTIONS.map(([feature, title, write, ordered = false]) => ({ feature, title, lines: write(writing), ordered })),
    ...permissionSections(writing),
  ].filter(({ lines }) => lines.length > 0);
}

function texts(value: string | readonly string[] | undefined): readonly Line[] {
  return listOf(value).map(flat);
}

function inline(value: string | readonly string[] | undefined): readonly Line[] {
  const list = listOf(value);
  return list.length > 0 ? [listed(list)] : [];
}

function catalogue(
  value: string | readonly string[] | { readonly [topic: string]: unknown } | undefined,
): readonly Line[] {
  if (typeof value !== 'object' || Array.isArray(value)) return texts(value as string | readonly string[] | undefined);
  return entries(value as { readonly [topic: string]: string | string[] }).map(([text, under]) => ({
    text: flat(text),
    under: listOf(under).map(flat),
  }));
}

function pairs(map: { readonly [key: string]: string | readonly string[] } | undefined): readonly Line[] {
  return entries(map).map(([key, value]) => `${head(key)}: ${listed(listOf(value as string | string[]))}`);
}

function edges(type: EdgeType): Write {
  return ({ role, nameOf }) => role.edges.filter((edge) => edge.type === type).map((edge) => edgeLine(edge, nameOf));
}

/** The parts of tools that the role has, where it does not have the whole. */
function limitedTo({ role, manifest }: Writing): readonly Line[] {
  const whole = new Set(role.grants.flatMap(({ tool, pattern }) => (pattern === undefined ? [tool] : [])));
  return role.grants.flatMap(({ tool, pattern }) =>
    pattern === undefined || whole.has(tool) || !saysParts(tool, manifest) ? [] : [`\`${tool}:${pattern}\``],
  );
}

/** Whether parts of a tool are for the prompt to say: it is there at all, and servers of MCP are not held by their names. */
function saysParts(tool: Tool, manifest: Manifest | undefined): boolean {
  if (!manifest) return tool !== 'mcp';
  if (!Object.hasOwn(manifest.tools ?? {}, tool) && !manifest.always?.includes(tool)) return false;
  return tool !== 'mcp' || !['native', 'guarded'].includes(levelOf(manifest, 'permissions.mcp'));
}

/** The tools that the platform gives the role beyond its own. */
function doWithout({ role, manifest }: Writing): readonly Line[] {
  return manifest ? brought(role, manifest).map((tool) => `\`${tool}\``) : [];
}

function reads({ role }: Writing): readonly Line[] {
  return items(role.fields.reads).map(({ item }) => {
    if (typeof item === 'string') return `\`${item}\``;
    const text = [`\`${item.path}\``, listed(listOf(item.for), '; ')].filter(Boolean).join(': ');
    return line(text, [
      ['When', conditions(conditionsOf(item.when))],
      ['From', item.from],
      ['Section', item.section],
    ]);
  });
}

function must({ role, nameOf }: Writing): readonly Line[] {
  return role.work.must.map((duty) => {
    const before = typeof duty.before === 'string' ? duty.before : (duty.before?.map(call).join(', ') ?? '');
    return line(flat(duty.do), [
      ['With', everyone(duty.with, nameOf)],
      ['Before', before],
      ['When', conditions(duty.when)],
      ['Because', flat(duty.because ?? '')],
    ]);
  });
}

function mustNot({ role, nameOf }: Writing): readonly Line[] {
  return role.work.mustNot.map((claim) =>
    line(flat(claim.do), [
      ['Calls', claim.calls.map(call).join(', ')],
      ['Instead', claim.instead ? who([claim.instead], nameOf) : ''],
      ['Because', flat(claim.because ?? '')],
    ]),
  );
}

function delegation({ role }: Writing): readonly Line[] {
  const { mandatory, before, parallel, depth } = role.fields.delegation ?? {};
  return details([
    ['Mandatory', mandatory === undefined ? '' : yes(mandatory)],
    ['Before', before],
    ['In parallel', parallel === undefined ? '' : yes(parallel)],
    ['Depth', depth === undefined ? '' : String(depth)],
  ]);
}

function handoff({ role }: Writing): readonly Line[] {
  const { required, optional, fields } = role.fields.handoff ?? {};
  return [
    ...details([
      ['Required', listed(listOf(required))],
      ['Optional', listed(listOf(optional))],
    ]),
    ...pairs(fields).map((field) => (RESERVED.test(String(field)) ? String(field).replace(/^\w+/, '"$&"') : field)),
  ];
}

/** Fields whose names are those of the lists before them. */
const RESERVED = /^(?:Required|Optional): /;

function ladder({ team, nameOf }: Writing): readonly Line[] {
  if (!team.ladderSaid) return [];
  const by = {
    self: 'Try again yourself',
    peers: 'Ask your peers',
    delegator: 'Hand it back',
    'escalates-to': 'Escalate',
  };
  return team.ladder.map((step) => {
    const handler = typeof step.by === 'string' ? by[step.by] : who([step.by], nameOf);
    return line([step.name, handler].filter(Boolean).join(': '), [
      ['When', anyWord(step.when)],
      ['Do', listed(step.do, '; ')],
      ['Retries', step.retries > 0 ? String(step.retries) : ''],
      ['Time', step.timeout],
    ]);
  });
}

function owns({ role }: Writing): readonly Line[] {
  return items(role.fields.owns).map(({ item }) => {
    if (typeof item === 'string') return `\`${item}\``;
    const only = item.exclusive === true ? ' (only you edit it)' : '';
    return [`\`${item.path}\`${only}`, listed(listOf(item.for), '; ')].filter(Boolean).join(': ');
  });
}

function gates({ role }: Writing): readonly Line[] {
  return entries(role.fields['quality-gates']).map(([text, checks]) => ({
    text: flat(text),
    under: items(checks as unknown[]).map(({ item }) =>
      typeof item === 'string' ? plainly(item, BOUNDED) : check(item as Check),
    ),
  }));
}

/** Words that would be read as a measure with its bound. */
const BOUNDED = /^\S+ (?:at least|at most|above|below) \S/;

type Check = Bounds & { readonly metric: string; readonly for?: string | string[] };
type Bounds = { readonly [bound in 'at-least' | 'at-most' | 'above' | 'below']?: number | string };

function check({ metric, for: subject, ...bounds }: Check): string {
  return [`${plainly(metric, /\s|:$/)} ${bound(bounds)}`, listed(listOf(subject), '; ')].filter(Boolean).join(': ');
}

function bound(bounds: Bounds): string {
  return (['at-least', 'at-most', 'above', 'below'] as const)
    .flatMap((name) => (bounds[name] === undefined ? [] : [`${name.replace('-', ' ')} ${bounds[name]}`]))
    .join(' and ');
}

function decisions({ role }: Writing): readonly Line[] {
  return items(role.fields.decisions).map(({ item }) =>
    line(decision(listOf(item.for), item.choose), [['Because', flat(item.because ?? '')]]),
  );
}

/** Cases and what is chosen; a choice without a case that could be read as one with a case stands in quotes. */
function decision(cases: readonly string[], choose: string): string {
  if (cases.length === 0) return plainly(choose, /: /);
  return `${cases.map((one) => plainly(one, /, |: |:$/)).join(', ')}: ${flat(choose)}`;
}

function metrics({ role }: Writing): readonly Line[] {
  return entries(role.fields.metrics).map(([name, metric]) => {
    if (typeof metric === 'string')
      return `${plainly(name, /: |:$| (?:at least|at most|above|below) /)}: ${flat(metric)}`;
    const { for: subject, ...bounds } = metric as Check;
    return [[plainly(name, /\s|:$/), bound(bounds)].filter(Boolean).join(' '), listed(listOf(subject), '; ')]
      .filter(Boolean)
      .join(': ');
  });
}

function capacity({ role }: Writing): readonly Line[] {
  const { 'hours-per-day': hours, slots, utilization } = role.fields.capacity ?? {};
  return details([
    ['Hours a day', hours === undefined ? '' : String(hours)],
    ['Tasks at once', slots === undefined ? '' : String(slots)],
    [
      'Utilization',
      entries(utilization as Record<string, string>)
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
    ],
  ]);
}

function messages({ role, nameOf }: Writing): readonly Line[] {
  return entries(role.fields.messages).map(([name, message]) => {
    const to = role.work.messages.get(name) ?? [];
    return line([head(name), listed(listOf(message.for), '; ')].filter(Boolean).join(': '), [
      ['To', everyone(to, nameOf)],
      ['When', conditions(conditionsOf(message.when))],
      ['Every', message.every],
      ['File', message.path ? `\`${message.path}\`` : ''],
      ['Required', listed(listOf(message.required))],
      ['Optional', listed(listOf(message.optional))],
      [
        'Fields',
        entries(message.fields)
          .map(
            ([field, words]) =>
              `${apart(field)} (${listOf(words as string[])
                .map(apart)
                .join(', ')})`,
          )
          .join(', '),
      ],
      ['Template', message.template ? JSON.stringify(message.template) : ''],
    ]);
  });
}

/** A word in front of parentheses or between them: in quotes where it could be taken for more than one. */
function apart(word: string): string {
  const text = flat(word);
  return /[()"]|, |^,|,$|^$/.test(text) ? JSON.stringify(text) : text;
}

function playbooks({ role, nameOf }: Writing): readonly Line[] {
  return role.work.playbooks.flatMap((book) => [
    {
      text: [head(book.name), listed(book.for, '; ')].filter(Boolean).join(': '),
      under: details([['When', conditions(book.when)]]),
    },
    ...book.steps.map((step, index) => indent(stepLine(step, nameOf), `${index + 1}.`)),
  ]);
}

function examples({ role, nameOf }: Writing): readonly Line[] {
  return role.work.examples.flatMap((example) => [
    `“${flat(example.request)}”`,
    ...example.tasks.map((step, index) => indent(stepLine(step, nameOf), `${index + 1}.`)),
  ]);
}

/** A step below a playbook or an example: in one line, so that lists never nest more than twice. */
function indent(step: Line, number: string): Line {
  const { text, under } = typeof step === 'string' ? { text: step, under: [] } : step;
  return { text: `${number} ${text}`, under };
}

/** What the rules of each tool say, in the order in which they are read; the last match wins. */
function permissionSections({ role }: Writing): readonly Section[] {
  const byTool = new Map<Tool, PermissionEntry[]>();
  for (const entry of role.rules) byTool.set(entry.tool, [...(byTool.get(entry.tool) ?? []), entry]);
  return [...byTool].map(([tool, rules]) => ({
    feature: `permissions.${tool}`,
    title: `Permissions: ${tool}`,
    ordered: true,
    lines: rules.map((entry) =>
      line(`${entry.decision} \`${entry.pattern}\``, [
        ['Because', flat(entry.because ?? '')],
        ['Instead', entry.instead ? `\`${entry.instead}\`` : ''],
      ]),
    ),
  }));
}

function line(text: string, pairsBelow: Parameters<typeof details>[0]): Line {
  const under = details(pairsBelow);
  return under.length > 0 ? { text, under } : text;
}

function yes(value: boolean): string {
  return value ? 'yes' : 'no';
}

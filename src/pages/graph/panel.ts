import type { PageData, PageFinding } from '../../report/graph/page-data.ts';
import type { Step } from './ways.ts';

/** Makes an element; texts are texts, whatever stands in them. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** The list of roles that a search leaves, each with how many findings it has, and what one rule or all say of the team itself. */
export function listOf(
  data: PageData,
  found: readonly number[],
  rule: string | undefined,
  open: (node: number) => void,
): HTMLElement {
  const findings = new Map<number, PageFinding[]>();
  for (const finding of data.findings) findings.set(finding.role, [...(findings.get(finding.role) ?? []), finding]);
  const items = found.map((node) => {
    const { title, id, kind } = data.nodes[node]!;
    const own = findings.get(node) ?? [];
    const name = make('span', {}, make('b', {}, title));
    const button = make('button', { type: 'button', 'data-open': String(node) }, name);
    if (id !== title || kind !== 'role')
      name.append(
        ' ',
        make('small', {}, kind === 'role' ? id : kind === 'person' ? 'a person' : 'nobody has this name'),
      );
    if (own.length > 0)
      button.append(make('i', { class: worst(own), 'aria-label': `${own.length} findings` }, String(own.length)));
    button.addEventListener('click', () => open(node));
    return make('li', {}, button);
  });
  const about = data.findings.filter((each) => each.role === -1 && (!rule || rule === '*' || each.rule === rule));
  return make(
    'div',
    {},
    make('ul', { class: 'list' }, ...items),
    ...(about.length > 0 ? [make('h3', {}, 'About the team'), findingsList(about)] : []),
  );
}

/** Who asks for a way, to what, and how it is answered. */
export interface WayShown {
  readonly call: string;
  readonly shortest: readonly Step[];
  readonly end: readonly [role: number, decision: string, witness: string, rule: string] | undefined;
}

/** All that is known of a node. */
export function cardOf(
  data: PageData,
  node: number,
  way: WayShown | undefined,
  open: (node: number) => void,
): HTMLElement {
  const { title, id, kind, about, card } = data.nodes[node]!;
  const own = data.findings.filter(({ role }) => role === node);
  const byId = new Map(data.nodes.map((each, position) => [each.id, position]));
  const cell = (text: string, section: string): Node | string => {
    const target = section.startsWith('Reach') ? byId.get(text) : undefined;
    if (target === undefined) return text;
    const button = make('button', { type: 'button', class: 'link' }, data.nodes[target]!.title);
    button.addEventListener('click', () => open(target));
    return button;
  };
  const sections = card.flatMap(([name, rows]) => {
    const section = data.texts[name]!;
    const lines = rows.map((row) => {
      const [what = '', value = '', more = ''] = row.map((text) => data.texts[text]!);
      const told = make('dd', {}, value);
      if (more !== '') told.append(' ', make('small', {}, more));
      return [...(what === '' ? [] : [make('dt', {}, cell(what, section))]), told];
    });
    return [make('h3', {}, section), make('dl', {}, ...lines.flat())];
  });
  const kinds = { role: id, person: 'a person', unknown: 'nobody has this name' };
  return make(
    'div',
    {},
    make('h2', { tabindex: '-1' }, title),
    make('p', { class: 'id' }, kinds[kind]),
    make('p', { class: 'about' }, about),
    ...(way ? [wayOf(data, node, way)] : []),
    ...(own.length > 0 ? [make('h3', {}, 'Findings'), findingsList(own)] : []),
    ...sections,
  );
}

function wayOf({ nodes }: PageData, node: number, { call, shortest, end }: WayShown): HTMLElement {
  const name = (position: number): string => nodes[position]?.title ?? 'somebody outside the picture';
  if (!end)
    return make(
      'p',
      { class: 'way none' },
      `No way leads from here to ${call}: every such call is denied, to this role and to all whom it gets to act.`,
    );
  const steps = shortest.flatMap(({ from, to, asked, by }, index): readonly string[] => {
    // What stands for a shared rule is left by the next step.
    if (to < 0) return [];
    const start = from < 0 ? shortest[index - 1]!.from : from;
    const how = by === 'switch-role' ? 'may switch to' : 'delegates to';
    return [`${name(start)} ${how} ${name(to)}${asked ? ', once a person approves' : ''}`];
  });
  const [role, decision, witness, rule] = end;
  const last = `${role === node ? 'may itself call' : `${name(role)} may call`} ${witness}: ${decision}, by ${rule}`;
  return make(
    'div',
    { class: 'way' },
    make('h3', {}, `The shortest way to ${call}`),
    make('ol', {}, ...[...steps, last].map((text) => make('li', {}, text))),
  );
}

/** The severity of the worst of some findings. */
function worst(findings: readonly PageFinding[]): PageFinding['severity'] {
  const severities = findings.map(({ severity }) => severity);
  return (['error', 'warning'] as const).find((severity) => severities.includes(severity)) ?? 'info';
}

/** Of findings alike so many are shown at once. */
const FEW = 3;

/** Findings; of those of one rule that have the same remedy, it is told once. */
function findingsList(findings: readonly PageFinding[]): HTMLElement {
  const alike = new Map<string, PageFinding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.severity, finding.help]);
    alike.set(key, [...(alike.get(key) ?? []), finding]);
  }
  return make('ul', { class: 'findings' }, ...[...alike.values()].map(findingsAlike));
}

function findingsAlike(findings: readonly PageFinding[]): HTMLElement {
  const { rule, severity, help } = findings[0]!;
  const [first, ...others] = findings.map(({ message, place }) => make('p', {}, message, ' ', make('code', {}, place)));
  first!.prepend(make('b', {}, rule), ' ');
  const more = others.slice(FEW - 1);
  const rest = make('details', {}, make('summary', {}, `${more.length} more`), ...more);
  return make(
    'li',
    { class: severity },
    first!,
    ...others.slice(0, FEW - 1),
    ...(more.length > 0 ? [rest] : []),
    make('span', {}, help),
  );
}

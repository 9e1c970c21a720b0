import type { PageData } from '../../report/graph/page-data.ts';
import { cardOf, listOf, make, type WayShown } from './panel.ts';
import { pictureOf } from './picture.ts';
import { type Lit, waysTo } from './ways.ts';

const one = <T extends Element>(selector: string): T => document.querySelector<T>(selector)!;
const data = JSON.parse(one('#data').textContent ?? '') as PageData;
const svg = one<SVGSVGElement>('#picture');
const picture = pictureOf(svg, one<SVGGElement>('#world'));
const search = one<HTMLInputElement>('#search');
const finding = document.querySelector<HTMLSelectElement>('#finding');
const call = document.querySelector<HTMLSelectElement>('#call');
const panel = one<HTMLElement>('#panel');

let chosen: number | undefined;

/** All words of a node, in small letters. */
const words = data.nodes.map(({ id, title, about, card }) =>
  [id, title, about, ...card.flatMap(([, rows]) => rows.flat().map((text) => data.texts[text]!))]
    .join('\n')
    .toLowerCase(),
);

/** Those that the search leaves: by their names, and where no name fits, by all that is known of them. */
function found(): readonly number[] {
  const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (text: string): boolean => wanted.every((word) => text.includes(word));
  const all = [...data.nodes.keys()];
  const named = all.filter((node) => fits(`${data.nodes[node]!.id} ${data.nodes[node]!.title}`.toLowerCase()));
  return named.length > 0 ? named : all.filter((node) => fits(words[node]!));
}

function marked(): ReadonlySet<number> | undefined {
  const rule = finding?.value ?? '';
  if (rule === '') return undefined;
  return new Set(data.findings.filter((each) => rule === '*' || each.rule === rule).map(({ role }) => role));
}

function lit(): Lit | undefined {
  const asked = call?.value ? data.calls[Number(call.value)] : undefined;
  const from = chosen !== undefined && data.nodes[chosen]!.kind === 'role' ? chosen : undefined;
  return asked && waysTo(data, asked, from);
}

function wayShown(light: Lit | undefined): WayShown | undefined {
  if (!light || chosen === undefined || data.nodes[chosen]!.kind !== 'role') return undefined;
  const asked = data.calls[Number(call!.value)]!;
  const last = light.shortest.at(-1)?.to ?? chosen;
  return {
    call: asked.name,
    shortest: light.shortest,
    end: light.nodes.has(chosen) ? asked.ends.find(([role]) => role === last) : undefined,
  };
}

/** Shows what is chosen, searched, marked and lit. */
function update(): void {
  const hits = search.value.trim() === '' ? undefined : new Set(found());
  const flagged = marked();
  const light = lit();
  const near = showLines(light);
  const isOn = (node: number): boolean => {
    if (node === chosen) return true;
    if (light) return light.nodes.has(node);
    if (near.has(node)) return true;
    return Boolean(hits || flagged) && (hits?.has(node) ?? true) && (flagged?.has(node) ?? true);
  };
  for (const [node, element] of picture.nodes.entries()) {
    element.classList.toggle('on', isOn(node));
    element.classList.toggle('chosen', node === chosen);
    element.classList.toggle('end', light?.ends.has(node) ?? false);
    element.setAttribute('aria-pressed', String(node === chosen));
  }
  svg.classList.toggle('some', Boolean(light || hits || flagged || chosen !== undefined));
  show(light, hits, flagged);
}

/** Shows the lines of the relations that are wanted, those of the chosen node, and those that are lit; answers whom the chosen node is joined with. */
function showLines(light: Lit | undefined): ReadonlySet<number> {
  const boxes = [...document.querySelectorAll<HTMLInputElement>('#relations input')];
  const hidden = new Set(boxes.filter(({ checked }) => !checked).map(({ value }) => value));
  const path = new Set(light?.shortest.map(({ from, to }) => `${from}-${to}`));
  const near = new Set<number>();
  for (const { element, type, ends } of picture.lines) {
    const own = ends.filter((pair) => chosen !== undefined && pair.includes(chosen));
    for (const node of own.flat()) near.add(node);
    const isAmong = (steps: ReadonlySet<string> | undefined): boolean =>
      type === 'delegates-to' && steps !== undefined && ends.some(([from, to]) => steps.has(`${from}-${to}`));
    const onWay = isAmong(light?.steps);
    element.classList.toggle('hidden', hidden.has(type) && own.length === 0 && !onWay);
    element.classList.toggle('on', own.length > 0 && !light);
    element.classList.toggle('lit', onWay);
    element.classList.toggle('path', isAmong(path));
  }
  return near;
}

/** Fills the panel: a card, or the list. */
function show(
  light: Lit | undefined,
  hits: ReadonlySet<number> | undefined,
  flagged: ReadonlySet<number> | undefined,
): void {
  if (chosen !== undefined) {
    const back = make('button', { type: 'button', class: 'back' }, '← All roles');
    back.addEventListener('click', () => choose(undefined));
    panel.replaceChildren(
      back,
      cardOf(data, chosen, wayShown(light), (node) => choose(node, true)),
    );
    return;
  }
  const left = found().filter((node) => (flagged?.has(node) ?? true) && (light?.nodes.has(node) ?? true));
  const whole = !hits && !flagged && !light;
  const what = light
    ? `${left.length} get to ${data.calls[Number(call!.value)]!.name}`
    : `${left.length}${whole ? '' : ` of ${data.nodes.length}`}`;
  panel.replaceChildren(
    make('h2', {}, whole ? `All (${what})` : what),
    listOf(data, left, finding?.value, (node) => choose(node, true)),
  );
  if (!whole) one('#said').textContent = `${what} found`;
}

/** Opens a node, or closes the one that is open. */
function choose(node: number | undefined, far = false): void {
  const before = chosen;
  chosen = node;
  update();
  panel.scrollTop = 0;
  if (node !== undefined) {
    one('#said').textContent = data.nodes[node]!.title;
    const way = lit()?.shortest.flatMap(({ from, to }) => [from, to]) ?? [];
    if (far) picture.show([...new Set([node, ...way])]);
  } else if (before !== undefined && panel.contains(document.activeElement)) search.focus();
  history.replaceState(null, '', node === undefined ? ' ' : `#${encodeURIComponent(data.nodes[node]!.id)}`);
}

svg.addEventListener('click', (event) => {
  if (svg.classList.contains('moving')) return;
  const node = (event.target as Element).closest<SVGGElement>('.node')?.dataset['node'];
  choose(node === undefined || Number(node) === chosen ? undefined : Number(node));
});
svg.addEventListener('keydown', (event) => {
  const node = (event.target as Element).closest<SVGGElement>('.node')?.dataset['node'];
  if (node === undefined || (event.key !== 'Enter' && event.key !== ' ')) return;
  event.preventDefault();
  choose(Number(node) === chosen ? undefined : Number(node));
});
const KEYS: Readonly<Record<string, () => void>> = {
  '+': () => picture.zoom(1.3),
  '=': () => picture.zoom(1.3),
  '-': () => picture.zoom(1 / 1.3),
  '0': () => picture.fit(),
  '/': () => search.focus(),
};
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    if (search.value !== '' && document.activeElement === search) search.value = '';
    choose(undefined);
    return;
  }
  const act = KEYS[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).matches('input, select'))
    return;
  event.preventDefault();
  act();
});
search.addEventListener('keydown', (event) => {
  const [first] = found();
  if (event.key === 'Enter' && first !== undefined) choose(first, true);
});
search.addEventListener('input', () => {
  chosen = undefined;
  update();
});
for (const input of document.querySelectorAll('#relations input')) input.addEventListener('change', update);
for (const select of document.querySelectorAll('select'))
  select.addEventListener('change', () => {
    update();
    // Those that are marked may stand anywhere.
    if (chosen === undefined) picture.fit();
  });
one('#nearer').addEventListener('click', () => picture.zoom(1.3));
one('#farther').addEventListener('click', () => picture.zoom(1 / 1.3));
one('#fit').addEventListener('click', () => picture.fit());
let width = svg.clientWidth;
addEventListener('resize', () => {
  // A bar of the browser that comes and goes changes the height alone, and is no reason to lose one's place.
  if (svg.clientWidth !== width) picture.fit();
  width = svg.clientWidth;
});

const named = data.nodes.findIndex(({ id }) => id === decodeURIComponent(location.hash.slice(1)));
if (named === -1) update();
else choose(named, true);

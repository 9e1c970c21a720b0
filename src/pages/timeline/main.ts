import type { TimelineEvent, TimelineRun } from '../../report/simulate/timeline-data.ts';
import { Picture } from './picture.ts';

const runs = JSON.parse(find('data').textContent ?? '[]') as readonly TimelineRun[];

/** An element of the page by its id. */
function find(id: string): HTMLElement {
  return document.getElementById(id)!;
}

/** An element with a text, which is never read as markup. */
function element(name: string, text = '', className = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

const SIGNS = { plain: '●', good: '✓', bad: '✗', question: '?', up: '↑' } as const;

const slider = find('at') as HTMLInputElement;
const speed = find('speed') as HTMLSelectElement;
const choice = find('run') as HTMLSelectElement;
const log = find('log').querySelector('ol')!;
const tip = find('tip');

let run: TimelineRun = runs[0]!;
/** The lanes that are shown; none means all. */
let chosen = new Set<number>();
/** The positions of the events that are shown. */
let shown: readonly number[] = [];
/** Where the page stands: a position among the shown; -1 before the first. */
let at = -1;
let timer: number | undefined;

const picture = new Picture({
  names: find('names'),
  svg: find('picture') as unknown as SVGSVGElement,
  scroller: find('lanes'),
  choose: toggle,
  go: (position) => {
    pause();
    go(position);
  },
  hint,
});

function start(): void {
  for (const [position, { title }] of runs.entries()) choice.append(new Option(title, String(position)));
  find('choice').hidden = runs.length < 2;
  choice.addEventListener('change', () => open(Number(choice.value)));
  find('first').addEventListener('click', () => step(-1e9));
  find('back').addEventListener('click', () => step(-1));
  find('next').addEventListener('click', () => step(1));
  find('last').addEventListener('click', () => step(1e9));
  find('play').addEventListener('click', playOrPause);
  find('all').addEventListener('click', () => {
    chosen = new Set();
    filter();
    find('play').focus();
  });
  speed.addEventListener('change', () => {
    if (timer !== undefined) play();
  });
  slider.addEventListener('input', () => {
    pause();
    go(Number(slider.value));
  });
  document.addEventListener('keydown', onKey);
  open(0);
}

function open(position: number): void {
  run = runs[position]!;
  pause();
  chosen = new Set();
  document.title = run.title;
  find('title').textContent = run.title;
  find('under').textContent = run.under;
  tellWhole();
  filter();
}

/** Shows the events of the chosen lanes. */
function filter(): void {
  const kept = shown[at];
  const isShown = ({ lane, to }: TimelineEvent): boolean => chosen.size === 0 || chosen.has(lane) || chosen.has(to);
  shown = run.events.flatMap((event, position) => (isShown(event) ? [position] : []));
  find('all').hidden = chosen.size === 0;
  slider.max = String(Math.max(0, shown.length - 1));
  picture.show(run, shown, chosen);
  fillLog();
  at = -1;
  const next = kept === undefined ? -1 : shown.filter((position) => position <= kept).length - 1;
  go(Math.max(next, 0), false);
}

function toggle(lane: number): void {
  if (chosen.has(lane)) chosen.delete(lane);
  else chosen.add(lane);
  filter();
  say(`${shown.length} of ${run.events.length} events`);
}

function fillLog(): void {
  const rows = document.createDocumentFragment();
  for (const [position, index] of shown.entries()) rows.append(rowOf(run.events[index]!, position));
  log.replaceChildren(rows);
}

function rowOf(event: TimelineEvent, position: number): HTMLElement {
  const row = element('li', '', event.mark);
  const button = element('button');
  (button as HTMLButtonElement).type = 'button';
  button.append(
    element('time', event.time),
    element('i', SIGNS[event.mark]),
    element('b', run.lanes[event.lane]!.id),
    element('span', event.what),
  );
  if (event.why) button.title = event.why;
  button.addEventListener('click', () => {
    pause();
    go(position);
  });
  row.append(button);
  return row;
}

/** Goes to one of the shown events. */
function go(position: number, follow = true): void {
  const last = shown.length - 1;
  const next = Math.min(Math.max(position, 0), last);
  log.children[at]?.classList.remove('here');
  at = next;
  const row = log.children[at] as HTMLElement | undefined;
  row?.classList.add('here');
  if (row && follow) {
    const box = find('log');
    const top = row.offsetTop;
    if (top < box.scrollTop || top + row.offsetHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = top - box.clientHeight / 2;
  }
  const event = run.events[shown[at] ?? -1];
  slider.value = String(at);
  slider.setAttribute('aria-valuetext', event ? `${event.time}: ${event.what}` : 'nothing');
  find('clock').textContent = event ? `${event.time} · ${at + 1} of ${shown.length}` : 'no events';
  picture.go(at, follow);
  tell(event);
}

/** The event in full. */
function tell(event: TimelineEvent | undefined): void {
  const parts: HTMLElement[] = [];
  if (event) {
    parts.push(element('p', `${event.time} · ${run.lanes[event.lane]!.id}`, 'when'));
    parts.push(element('h2', event.what));
    if (event.why) parts.push(element('p', event.why, 'why'));
    if (event.where) parts.push(element('code', event.where));
    const more = event.task === 'request' ? event.more : [['part of', event.task] as const, ...event.more];
    if (more.length > 0) parts.push(table(more));
  }
  find('detail').replaceChildren(...parts);
}

/** What was expected of the run, and what it came to. */
function tellWhole(): void {
  const expected = run.verdicts.length > 0 ? [element('h3', 'Expected'), verdicts()] : [];
  find('whole').replaceChildren(...expected, element('h3', 'In all'), table(run.facts));
}

function table(rows: readonly (readonly [string, string])[]): HTMLElement {
  const made = element('dl');
  for (const [name, text] of rows) made.append(element('dt', name), element('dd', text));
  return made;
}

function verdicts(): HTMLElement {
  const list = element('ul', '', 'verdicts');
  for (const { name, status, why, events } of run.verdicts) {
    const item = element('li', '', status);
    item.append(element('b', `${status}: ${name}`), element('span', why));
    for (const [count, index] of events.slice(0, 5).entries()) {
      const button = element('button', `show${events.length > 1 ? ` ${count + 1}` : ''}`);
      button.addEventListener('click', () => {
        chosen = new Set();
        filter();
        go(index);
      });
      item.append(button);
    }
    list.append(item);
  }
  return list;
}

/** A word on an event beside it; nothing takes the word away. */
function hint(position: number | undefined, box?: DOMRect): void {
  const event = position === undefined ? undefined : run.events[shown[position] ?? -1];
  tip.hidden = !event || !box;
  if (!event || !box) return;
  tip.replaceChildren(
    element('b', `${event.time} ${run.lanes[event.lane]!.id}`),
    element('span', event.what),
    ...(event.why ? [element('em', event.why)] : []),
    ...(event.where ? [element('code', event.where)] : []),
  );
  tip.style.left = '0';
  const width = tip.offsetWidth;
  tip.style.left = `${Math.max(8, Math.min(box.x + box.width / 2 - width / 2, innerWidth - width - 8))}px`;
  const below = box.bottom + 8;
  tip.style.top = `${below + tip.offsetHeight > innerHeight ? Math.max(8, box.top - 8 - tip.offsetHeight) : below}px`;
}

function step(by: number): void {
  pause();
  go(at + by);
}

function playOrPause(): void {
  if (timer === undefined) play();
  else pause();
}

function play(): void {
  clearInterval(timer);
  if (at >= shown.length - 1) go(0);
  timer = window.setInterval(() => {
    if (at >= shown.length - 1) pause();
    else go(at + 1);
  }, Number(speed.value));
  find('play').textContent = '❚❚';
  find('play').setAttribute('aria-label', 'Pause');
}

function pause(): void {
  clearInterval(timer);
  timer = undefined;
  find('play').textContent = '▶';
  find('play').setAttribute('aria-label', 'Play');
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, Home: -1e9, End: 1e9 };

function onKey(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (event.key === 'Escape') hint(undefined);
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, select')) return;
  if (event.key === ' ' && !target.closest('button')) {
    event.preventDefault();
    playOrPause();
    return;
  }
  const by = Object.hasOwn(STEPS, event.key) ? STEPS[event.key] : undefined;
  if (by === undefined) return;
  event.preventDefault();
  // The step draws anew what has the keyboard now.
  const inPicture = target.closest('#lanes') !== null;
  step(by);
  if (inPicture) picture.focus();
}

function say(text: string): void {
  find('said').textContent = text;
}

start();

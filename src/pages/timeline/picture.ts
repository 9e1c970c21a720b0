import type { TimelineEvent, TimelineRun } from '../../report/simulate/timeline-data.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Pixels from one event to the next, of a lane, of the axis above, and before the first event. */
const STEP = 28;
const LANE = 34;
const AXIS = 24;
const MARGIN = 22;

/** How far apart times may stand on the axis, in pixels. */
const TICK = 84;

const SIGNS = { plain: '•', good: '✓', bad: '✗', question: '?', up: '↑' } as const;

/** What the picture is drawn into, and whom it tells of what is done with it. */
export interface Around {
  readonly names: HTMLElement;
  readonly svg: SVGSVGElement;
  readonly scroller: HTMLElement;
  readonly choose: (lane: number) => void;
  readonly go: (position: number) => void;
  readonly hint: (position: number | undefined, box?: DOMRect) => void;
}

/** A lane for each who takes part, and on it what they do. Only what is in sight is drawn, so that long runs are no matter. */
export class Picture {
  readonly #around: Around;
  #run: TimelineRun | undefined;
  #shown: readonly number[] = [];
  #rows = new Map<number, number>();
  #at = -1;
  #drawn = '';
  readonly #marks = new Map<number, SVGGElement>();
  readonly #cursor = shape('rect', { class: 'cursor', width: STEP, y: 0 });
  readonly #lines = shape('g', { class: 'lines' });
  readonly #events = shape('g', {});

  constructor(around: Around) {
    this.#around = around;
    around.svg.append(this.#lines, this.#cursor, this.#events);
    around.scroller.addEventListener('scroll', () => this.#draw(), { passive: true });
    new ResizeObserver(() => this.#draw()).observe(around.scroller);
    around.svg.addEventListener('pointerover', ({ target }) => this.#hintFor(target));
    around.svg.addEventListener('pointerout', () => around.hint(undefined));
    around.svg.addEventListener('focusin', ({ target }) => this.#hintFor(target));
    around.svg.addEventListener('focusout', () => around.hint(undefined));
    around.svg.addEventListener('click', ({ target }) => {
      const position = positionOf(target);
      if (position !== undefined) around.go(position);
    });
  }

  /** Draws some events of a run; of chosen lanes, those with whom they have to do are shown as well. */
  show(run: TimelineRun, shown: readonly number[], chosen: ReadonlySet<number>): void {
    this.#run = run;
    this.#shown = shown;
    const used = new Set(shown.flatMap((index) => [run.events[index]!.lane, run.events[index]!.to]));
    const lanes = run.lanes.map((_, lane) => lane).filter((lane) => used.has(lane) || chosen.has(lane));
    this.#rows = new Map(lanes.map((lane, row) => [lane, row]));
    const { names, svg } = this.#around;
    names.replaceChildren(...lanes.map((lane) => this.#nameOf(run, lane, chosen)));
    const [width, height] = [MARGIN * 2 + shown.length * STEP, AXIS + lanes.length * LANE];
    svg.setAttribute('width', String(width));
    svg.setAttribute('height', String(height));
    this.#cursor.setAttribute('height', String(height));
    this.#lines.replaceChildren(...lanes.map((_, row) => shape('path', { d: `M0 ${this.#y(row)}H${width}` })));
    this.#drawn = '';
    this.#draw();
  }

  /** Goes to an event, and brings it into sight. */
  go(position: number, follow: boolean): void {
    this.#at = position;
    this.#cursor.setAttribute('x', String(x(position) - STEP / 2));
    const { scroller, names } = this.#around;
    const room = scroller.clientWidth - names.offsetWidth;
    const left = x(position) - scroller.scrollLeft;
    if (follow && (left < STEP || left > room - STEP)) scroller.scrollLeft = x(position) - room / 2;
    this.#drawn = '';
    this.#draw();
  }

  /** Puts the keyboard on the event at which the page stands. */
  focus(): void {
    this.#marks.get(this.#at)?.focus({ preventScroll: true });
  }

  #nameOf({ lanes }: TimelineRun, lane: number, chosen: ReadonlySet<number>): HTMLElement {
    const { id, kind, events } = lanes[lane]!;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = kind;
    button.textContent = id;
    button.title = `${id}: only this ${kind}, ${events} events`;
    button.setAttribute('aria-pressed', String(chosen.has(lane)));
    button.addEventListener('click', () => {
      const row = this.#rows.get(lane);
      this.#around.choose(lane);
      const after = this.#rows.get(lane) ?? row ?? 0;
      (this.#around.names.children[after] as HTMLElement | undefined)?.focus();
    });
    return button;
  }

  #y(row: number): number {
    return AXIS + row * LANE + LANE / 2;
  }

  #draw(): void {
    const { scroller } = this.#around;
    const first = Math.max(0, Math.floor(scroller.scrollLeft / STEP) - 6);
    const last = Math.min(this.#shown.length, first + Math.ceil(scroller.clientWidth / STEP) + 14);
    const key = `${first} ${last}`;
    if (key === this.#drawn || !this.#run) return;
    this.#drawn = key;
    const focused = positionOf(document.activeElement);
    this.#marks.clear();
    const parts: SVGElement[] = [];
    for (let position = first; position < last; position++) {
      const event = this.#run.events[this.#shown[position]!]!;
      if (this.#hasTime(position)) parts.push(textAt(event.time, x(position), 15, 'time'));
      const mark = this.#markOf(event, position);
      this.#marks.set(position, mark);
      parts.push(mark);
    }
    this.#events.replaceChildren(...parts);
    if (focused !== undefined) this.#marks.get(focused)?.focus({ preventScroll: true });
  }

  /** Whether the axis names the time of an event: where it is another than before, and there is room. */
  #hasTime(position: number): boolean {
    const every = Math.ceil(TICK / STEP);
    return position % every === 0;
  }

  #markOf(event: TimelineEvent, position: number): SVGGElement {
    const { mark, lane, to, what, why, time } = event;
    const id = this.#run!.lanes[lane]!.id;
    const y = this.#y(this.#rows.get(lane) ?? 0);
    const state = position < this.#at ? 'past' : position === this.#at ? 'now' : 'ahead';
    const group = shape('g', {
      class: `event ${mark} ${state}`,
      tabindex: position === this.#at ? 0 : -1,
      role: 'button',
      'data-at': position,
      'aria-label': `${time}, ${id}: ${what}${why ? `, because: ${why}` : ''}`,
      ...(position === this.#at ? { 'aria-current': 'step' } : {}),
    });
    const row = this.#rows.get(to);
    if (to !== -1 && row !== undefined) group.append(...arrow(x(position), y, this.#y(row)));
    group.append(
      shape('circle', { cx: x(position), cy: y, r: 9.5 }),
      textAt(SIGNS[mark], x(position), y + 4.5, 'sign'),
    );
    return group;
  }

  #hintFor(target: EventTarget | null): void {
    const position = positionOf(target);
    const mark = position === undefined ? undefined : this.#marks.get(position);
    this.#around.hint(position, mark?.querySelector('circle')?.getBoundingClientRect());
  }
}

function x(position: number): number {
  return MARGIN + position * STEP + STEP / 2;
}

/** A line to another lane, with its tip there. */
function arrow(at: number, from: number, to: number): readonly SVGElement[] {
  const down = to > from ? 1 : -1;
  const end = to - down * 2;
  return [
    shape('path', { class: 'way', d: `M${at} ${from}V${end}` }),
    shape('path', { class: 'tip', d: `M${at} ${to}l-5 ${-down * 8}h10z` }),
  ];
}

function positionOf(target: unknown): number | undefined {
  const mark = target instanceof Element ? target.closest('[data-at]') : null;
  return mark ? Number(mark.getAttribute('data-at')) : undefined;
}

function textAt(text: string, at: number, y: number, name: string): SVGElement {
  const made = shape('text', { x: at, y, class: name });
  made.textContent = text;
  return made;
}

function shape<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

const NEAREST = 3;

/** The drawing: what can be seen of it, and which of its nodes has the keyboard. */
export interface Picture {
  readonly nodes: readonly SVGGElement[];
  readonly lines: readonly {
    readonly element: SVGPathElement;
    readonly type: string;
    readonly ends: readonly (readonly [number, number])[];
  }[];
  /** Brings a node to the middle, near enough to be read; or several, so that all of them are seen. */
  show(nodes: readonly number[]): void;
  focus(node: number): void;
  fit(): void;
  zoom(factor: number): void;
}

/** Makes the drawing move: drag, wheel, two fingers, buttons, keys. */
export function pictureOf(svg: SVGSVGElement, world: SVGGElement): Picture {
  const nodes = [...world.querySelectorAll<SVGGElement>('.node')];
  const lines = [...world.querySelectorAll<SVGPathElement>('.line')].map((element) => ({
    element,
    type: element.classList[1] ?? '',
    ends: (element.dataset['arcs'] ?? '').split(' ').map((pair) => pair.split('-').map(Number) as [number, number]),
  }));
  const size = { width: Number(svg.dataset['width']), height: Number(svg.dataset['height']) };
  let view = { x: 0, y: 0, k: 1 };

  const put = (x: number, y: number, k: number): void => {
    view = { x, y, k };
    world.setAttribute('transform', `translate(${x} ${y}) scale(${k})`);
    svg.style.setProperty('--k', String(k));
    svg.classList.toggle('far', k < 0.33);
  };
  const least = (): number => Math.min(svg.clientWidth / size.width, svg.clientHeight / size.height, 1) * 0.7;
  const zoomAt = (factor: number, x: number, y: number): void => {
    const k = Math.max(least(), Math.min(NEAREST, view.k * factor));
    put(x - ((x - view.x) * k) / view.k, y - ((y - view.y) * k) / view.k, k);
  };
  const middle = (node: number): { readonly x: number; readonly y: number } => {
    const box = nodes[node]!.querySelector('rect')!;
    const number = (name: string): number => Number(box.getAttribute(name));
    return { x: number('x') + number('width') / 2, y: number('y') + number('height') / 2 };
  };
  const centre = (node: number, k: number): void => {
    const { x, y } = middle(node);
    put(svg.clientWidth / 2 - x * k, svg.clientHeight / 2 - y * k, k);
  };
  const isSeen = (node: number): boolean => {
    const { x, y } = middle(node);
    const [left, top] = [x * view.k + view.x, y * view.k + view.y];
    return left > 40 && top > 30 && left < svg.clientWidth - 40 && top < svg.clientHeight - 30;
  };
  const picture: Picture = {
    nodes,
    lines,
    show(several) {
      const [node, ...more] = several;
      if (node === undefined) return;
      if (more.length === 0) {
        if (view.k < 0.6 || !isSeen(node)) centre(node, Math.max(view.k, 0.9));
        return;
      }
      const [left, right] = extent(
        several.map((each) => middle(each).x),
        120,
      );
      const [top, bottom] = extent(
        several.map((each) => middle(each).y),
        60,
      );
      const k = Math.max(least(), Math.min(svg.clientWidth / (right - left), svg.clientHeight / (bottom - top), 1.15));
      put((svg.clientWidth - (left + right) * k) / 2, (svg.clientHeight - (top + bottom) * k) / 2, k);
    },
    focus(node) {
      for (const [position, element] of nodes.entries()) element.tabIndex = position === node ? 0 : -1;
      nodes[node]!.focus({ preventScroll: true });
      if (!isSeen(node)) centre(node, view.k);
    },
    fit() {
      const k = Math.min(svg.clientWidth / size.width, svg.clientHeight / size.height, 1.15);
      put((svg.clientWidth - size.width * k) / 2, (svg.clientHeight - size.height * k) / 2, k);
    },
    zoom: (factor) => zoomAt(factor, svg.clientWidth / 2, svg.clientHeight / 2),
  };
  moveByHand(svg, zoomAt, (dx, dy) => put(view.x + dx, view.y + dy, view.k));
  walkByKeys(svg, picture, middle);
  if (nodes[0]) nodes[0].tabIndex = 0;
  picture.fit();
  return picture;
}

/** From the least to the most of some numbers, with a margin. */
function extent(numbers: readonly number[], margin: number): readonly [number, number] {
  return [Math.min(...numbers) - margin, Math.max(...numbers) + margin];
}

function moveByHand(
  svg: SVGSVGElement,
  zoomAt: (factor: number, x: number, y: number) => void,
  move: (dx: number, dy: number) => void,
): void {
  const fingers = new Map<number, { readonly x: number; readonly y: number }>();
  const spread = (): number => {
    const [a, b] = [...fingers.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };
  const at = ({ clientX, clientY }: MouseEvent): { readonly x: number; readonly y: number } => {
    const { left, top } = svg.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  svg.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const { x, y } = at(event);
      zoomAt(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015)), x, y);
    },
    { passive: false },
  );
  svg.addEventListener('pointerdown', (event) => fingers.set(event.pointerId, at(event)));
  svg.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const width = spread();
    const now = at(event);
    fingers.set(event.pointerId, now);
    if (fingers.size === 1) {
      if (Math.hypot(event.movementX, event.movementY) > 0) svg.classList.add('moving');
      move(now.x - before.x, now.y - before.y);
    } else if (width > 0) zoomAt(spread() / width, now.x, now.y);
  });
  for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const)
    svg.addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      setTimeout(() => svg.classList.remove('moving'));
    });
}

const WAYS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** An arrow key goes to the node that is nearest in its direction. */
function walkByKeys(
  svg: SVGSVGElement,
  picture: Picture,
  middle: (node: number) => { readonly x: number; readonly y: number },
): void {
  svg.addEventListener('keydown', (event) => {
    const way = WAYS[event.key];
    const here = picture.nodes.indexOf(document.activeElement as SVGGElement);
    if (!way || here === -1) return;
    event.preventDefault();
    const from = middle(here);
    let best: { readonly node: number; readonly distance: number } | undefined;
    for (const node of picture.nodes.keys()) {
      const { x, y } = middle(node);
      const along = (x - from.x) * way[0] + (y - from.y) * way[1];
      const aside = Math.abs((x - from.x) * way[1]) + Math.abs((y - from.y) * way[0]);
      const distance = along + aside * 2;
      if (along > 1 && aside <= along * 3 && (!best || distance < best.distance)) best = { node, distance };
    }
    if (best) picture.focus(best.node);
  });
}

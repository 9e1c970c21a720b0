/** The colours of a picture, and where each goes: by day and by night. */
const COLOURS = {
  paper: ['#ffffff', '#0f1623'],
  text: ['#0f172a', '#e5eaf2'],
  faint: ['#566377', '#9aa7ba'],
  box: ['#f8fafc', '#1d2736'],
  border: ['#8a98ab', '#5d6c82'],
  group: ['#eef2f7', '#151e2c'],
  groupBorder: ['#cdd6e1', '#2c394c'],
  entry: ['#1d4ed8', '#7aa2ff'],
  person: ['#fff4e5', '#2c2013'],
  'delegates-to': ['#475569', '#a3b1c6'],
  'escalates-to': ['#b45309', '#f5a524'],
  'reports-to': ['#0f766e', '#2dd4bf'],
  'collaborates-with': ['#7c3aed', '#b49cff'],
  error: ['#c62828', '#ff7b72'],
  warning: ['#9a6700', '#e3b341'],
  info: ['#0969da', '#6cb6ff'],
  lit: ['#d6006c', '#ff6ab0'],
} as const;

type Colour = keyof typeof COLOURS;

/** The style of a drawing with the colours of the reader's light or dark setting. Every value is written out, so that renderers without variables draw it as well. */
export function drawingStyle(): string {
  return `${rules(0)}@media (prefers-color-scheme:dark){${rules(1)}}`;
}

/** The colours as custom properties, for a page around a drawing. */
export function colourProperties(): string {
  const properties = (night: 0 | 1): string =>
    Object.entries(COLOURS)
      .map(([name, pair]) => `--${name}:${pair[night]};`)
      .join('');
  return `:root{${properties(0)}}@media (prefers-color-scheme:dark){:root{${properties(1)}}}`;
}

function rules(night: 0 | 1): string {
  const of = (colour: Colour): string => COLOURS[colour][night];
  const relations = ['delegates-to', 'escalates-to', 'reports-to', 'collaborates-with'] as const;
  const list: readonly (readonly [selector: string, style: string])[] = [
    ['.paper', `fill:${of('paper')}`],
    ['.group rect', `fill:${of('group')};stroke:${of('groupBorder')}`],
    ['.group text', `fill:${of('faint')};stroke:${of('group')}`],
    ['.node rect', `fill:${of('box')};stroke:${of('border')}`],
    ['.node text', `fill:${of('text')}`],
    ['.node .sub,.legend text', `fill:${of('faint')}`],
    ['.node.entry rect', `stroke:${of('entry')}`],
    ['.node.person rect', `fill:${of('person')};stroke:${of('escalates-to')}`],
    ['.node.unknown rect', `stroke:${of('error')}`],
    ['.node.unknown text', `fill:${of('error')}`],
    ...relations.flatMap((type) => [
      [`.line.${type}`, `stroke:${of(type)}`] as const,
      [`.tip.${type}`, `fill:${of(type)}`] as const,
    ]),
    ...(['error', 'warning', 'info'] as const).map(
      (severity) => [`.badge.${severity} circle`, `fill:${of(severity)}`] as const,
    ),
    ['.badge text', `fill:${of('paper')}`],
  ];
  return list.map(([selector, style]) => `${selector}{${style}}`).join('');
}

/** What of a style has no colour. */
export const SHAPES =
  'text{font:13px ui-sans-serif,system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;text-anchor:middle;dominant-baseline:central}' +
  '.sub{font-size:11px}.group text{font-size:12px;font-weight:600;text-anchor:start;paint-order:stroke;stroke-width:4px;stroke-linejoin:round}.legend text{font-size:11px;text-anchor:start}' +
  '.entry>text:not(.sub){font-weight:600}.entry rect{stroke-width:2}.unknown rect,.person rect{stroke-dasharray:4 3}' +
  '.line{fill:none;stroke-width:1.3}.escalates-to.line{stroke-dasharray:6 3}.reports-to.line{stroke-dasharray:2 3}.collaborates-with.line{stroke-dasharray:8 3 2 3}' +
  '.badge text{font-size:9px;font-weight:700}';

/** What all parts of a program share: whoever changes one of these changes it for everybody. */
const SHARED: Readonly<Record<string, object>> = {
  globalThis,
  'process.env': process.env,
  Object,
  Array,
  Function,
  String,
  Number,
  RegExp,
  JSON,
  Math,
  Map,
  Set,
  Promise,
  Error,
};

/** The names and values of everything shared, as one comparable text for each. */
export function shared(): Readonly<Record<string, string>> {
  const found = Object.entries(SHARED).flatMap(([name, one]) => {
    const own: unknown = typeof one === 'function' ? Reflect.get(one, 'prototype') : undefined;
    const all = [[name, one], ...(typeof own === 'object' && own !== null ? [[`${name}.prototype`, own]] : [])];
    return all as [string, object][];
  });
  return {
    ...Object.fromEntries(found.map(([name, one]) => [name, told(one)])),
    cwd: process.cwd(),
    listeners: process.eventNames().map(String).sort().join(' '),
  };
}

/** Names, and for functions whether they are the same as when they were first seen. */
function told(one: object): string {
  return Reflect.ownKeys(one)
    .map((key) => {
      const { value, get } = Reflect.getOwnPropertyDescriptor(one, key)!;
      return `${String(key)}=${numbered(get ?? value)}`;
    })
    .sort()
    .join('\n');
}

const numbers = new WeakMap<object, number>();
let last = 0;

/** A value, or for objects and functions a number that stays theirs. */
function numbered(value: unknown): string {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return String(value);
  const known = numbers.get(value) ?? ++last;
  numbers.set(value, known);
  return `#${known}`;
}

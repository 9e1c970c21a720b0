/** What a table itself has under a name; not what every object inherits, such as `constructor`. */
export function own<Value>(table: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return table && Object.hasOwn(table, name) ? table[name] : undefined;
}

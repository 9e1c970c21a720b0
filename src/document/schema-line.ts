/** A comment that tells an editor which JSON Schema a YAML file follows, as the YAML language server reads it. */
const LINE = /^#[ \t]*yaml-language-server:[ \t]*\$schema=[^\r\n]*/m;

/** A YAML text whose first line names its schema for editors; a line that is there already gets the address. */
export function withSchemaLine(text: string, address: string): string {
  const line = `# yaml-language-server: $schema=${address}`;
  if (LINE.test(text)) return text.replace(LINE, () => line);
  return `${line}${text.includes('\r\n') ? '\r\n' : '\n'}${text}`;
}

/** Whether a YAML text names a schema for editors. */
export function hasSchemaLine(text: string): boolean {
  return LINE.test(text);
}

/**
 * A server's tools, `server/tool` with its stars, under the names by which clients call them: every sign of either part
 * but letters, digits, `-` and `_` becomes `_`. Both Claude Code 2.1.328 and opencode 1.18.34 do it with the same
 * expression, as their code says.
 */
export function calledAs(tools: string): string {
  const [server = '', ...tool] = tools.replace(/[^\w*?/-]/g, '_').split('/');
  return tool.length === 0 ? server : `${server}/${tool.join('_')}`;
}

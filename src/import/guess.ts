import type { Source } from '../text/source.ts';
import { readAgentFile } from './agent-file.ts';
import type { PlatformName } from './found.ts';

/** Keys that only one platform's agents have. */
const OPENCODE = ['mode', 'permission', 'temperature', 'steps', 'maxSteps', 'top_p', 'hidden', 'subtask'];

/** Whose file it is by what stands in it; nothing where it is no agent's, or could be anybody's. */
export function guessPlatform(source: Source): PlatformName | undefined {
  const { path, text } = source;
  if (/^\s*["']?customModes["']?\s*:|^\s*\{\s*"customModes"/m.test(text.slice(0, 2000))) return 'roo';
  if (!/\.(?:md|txt|markdown)$/i.test(path)) return undefined;
  const { header } = readAgentFile(source);
  if (!header) return undefined;
  const { data, format } = header;
  if (format === 'toml')
    return 'system_prompt' in data || 'classification' in data || 'id' in data ? 'roo-commander' : undefined;
  if (path.endsWith('.mode.md') || ('slug' in data && 'name' in data)) return 'roo-commander';
  const tools = data['tools'];
  if (
    OPENCODE.some((key) => key in data) ||
    (typeof tools === 'object' &&
      tools !== null &&
      !Array.isArray(tools) &&
      Object.values(tools).every((value) => typeof value === 'boolean'))
  )
    return 'opencode';
  return 'name' in data && 'description' in data ? 'claude-code' : undefined;
}

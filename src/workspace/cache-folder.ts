type Env = Readonly<Record<string, string | undefined>>;

/**
 * The folder of a user in which teamc may keep what saves it work; nothing when there is none, or none is wanted.
 * `TEAMC_CACHE` names another one, or is `off`.
 */
export function cacheFolder(env: Env, platform: NodeJS.Platform = process.platform): string | undefined {
  const own = env['TEAMC_CACHE'];
  if (own) return own === 'off' ? undefined : own;
  const home = env['HOME'] ?? env['USERPROFILE'];
  if (platform === 'win32') return join(env['LOCALAPPDATA'], 'teamc');
  if (platform === 'darwin') return join(home, 'Library/Caches/teamc');
  const xdg = env['XDG_CACHE_HOME'];
  return xdg?.startsWith('/') ? join(xdg, 'teamc') : join(home, '.cache/teamc');
}

function join(folder: string | undefined, below: string): string | undefined {
  return folder ? `${folder}/${below}` : undefined;
}

import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where an app of this platform keeps its data. */
export function defaultDataFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const home = homedir()
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Taoforge')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Taoforge')
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'taoforge')
}

export interface StartFacts {
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
  /** 0 for root; undefined on Windows. */
  readonly userId: number | undefined
  readonly hasElectron: () => boolean
  readonly canFetch: () => Promise<boolean>
  readonly fetchElectron: () => Promise<boolean>
}

export interface StartDecision {
  readonly where: 'window' | 'browser'
  /** Whether a browser is opened; without a screen only the address is printed. */
  readonly open: boolean
  /** What a person is told: where, and why. */
  readonly line: string
}

const browser = (why: string): StartDecision => ({
  where: 'browser',
  open: true,
  line: `Taoforge opens in your browser: ${why}.`,
})
const addressOnly = (why: string): StartDecision => ({
  where: 'browser',
  open: false,
  line: `Taoforge prints its address below: ${why}.`,
})

/** Why nobody could see a window here, or `undefined` when somebody can. */
function noScreen({ env, platform }: StartFacts): string | undefined {
  if (env['CI']) return 'this is a CI run, so no window is opened'
  if (env['SSH_CONNECTION']) return 'this is a remote shell, so no window is opened'
  if (platform === 'darwin' || platform === 'win32') return undefined
  return env['DISPLAY'] || env['WAYLAND_DISPLAY']
    ? undefined
    : 'this machine has no screen (neither DISPLAY nor WAYLAND_DISPLAY is set)'
}

/** The desktop window where it can run, else the browser, else the bare address. */
export async function decideStart(facts: StartFacts): Promise<StartDecision> {
  const blind = noScreen(facts)
  if (blind) return addressOnly(blind)
  if (facts.platform === 'linux' && facts.userId === 0)
    return browser('Electron refuses to run as root with its sandbox on, and a wallet does not run without it')
  if (facts.hasElectron()) return { where: 'window', open: true, line: 'Taoforge opens in its own window.' }
  if (!(await facts.canFetch()))
    return browser('the files of Electron are not installed, and the place to fetch them from cannot be reached')
  return (await facts.fetchElectron())
    ? { where: 'window', open: true, line: 'Taoforge opens in its own window.' }
    : browser('the files of Electron could not be fetched')
}

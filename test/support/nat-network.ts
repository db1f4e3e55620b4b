import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Names are short: an interface has 15 characters. */
const NS = {
  home: `tfh${process.pid}`,
  router: `tfr${process.pid}`,
  carrier: `tfc${process.pid}`,
  outside: `tfo${process.pid}`,
}
export type Place = keyof typeof NS

/** Of iproute2. */
const IP = 'ip'

const run = (command: string) => {
  const [program = '', ...args] = command.split(' ')
  return execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'] }).toString()
}
const inside = (place: Place, command: string) => run(`ip netns exec ${NS[place]} ${command}`)

/** Why such a network cannot be built here; nothing where it can. */
export function whyNoNat(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are of Linux'
  if (process.getuid?.() !== 0) return 'network namespaces need root'
  try {
    run('nft --version')
    run(`ip netns add ${NS.home}`)
    run(`ip netns del ${NS.home}`)
    return undefined
  } catch (cause) {
    return `ip netns and nft (Debian packages iproute2, nftables) are needed: ${cause instanceof Error ? cause.message : cause}`
  }
}

function link(a: Place, nameA: string, b: Place, nameB: string): void {
  run(`ip link add ${nameA} netns ${NS[a]} type veth peer name ${nameB} netns ${NS[b]}`)
  inside(a, `ip link set ${nameA} up`)
  inside(b, `ip link set ${nameB} up`)
}
const address = (place: Place, device: string, text: string) =>
  inside(place, `ip addr add ${text} dev ${device}${text.includes(':') ? ' nodad' : ''}`)

function translate(place: Place): void {
  inside(place, 'sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1')
  inside(place, 'nft add table ip nat')
  inside(place, 'nft add chain ip nat pre { type nat hook prerouting priority -100 ; }')
  inside(place, 'nft add chain ip nat post { type nat hook postrouting priority 100 ; }')
  inside(place, 'nft add rule ip nat post oifname outer masquerade')
}

export const HOME = '192.168.77.20'
export const HOME6 = '2606:4700:77::20'
export const PUBLIC = '8.8.4.1'
export const BEHIND_CARRIER = '100.64.7.2'
/** Two addresses of the internet, for helpers and servers. */
export const [FIRST, SECOND, FIRST6] = ['9.9.9.9', '9.9.9.10', '2606:4700:99::9'] as const

/**
 * A home behind a router that translates addresses, and the internet; with `carrier`, a provider that translates once more. The
 * kernel does the translating. Addresses are those of the real internet, which nothing in here is connected to.
 */
export function buildNat({ carrier }: { readonly carrier: boolean }): void {
  for (const place of Object.keys(NS) as Place[]) {
    run(`ip netns add ${NS[place]}`)
    inside(place, 'ip link set lo up')
  }
  link('home', 'h0', 'router', 'inner')
  address('home', 'h0', `${HOME}/24`)
  address('home', 'h0', `${HOME6}/64`)
  address('router', 'inner', '192.168.77.1/24')
  address('router', 'inner', '2606:4700:77::1/64')
  inside('home', 'ip route add default via 192.168.77.1')
  inside('home', 'ip -6 route add default via 2606:4700:77::1')
  const edge = carrier ? 'carrier' : 'router'
  if (carrier) {
    link('router', 'outer', 'carrier', 'inner')
    address('router', 'outer', `${BEHIND_CARRIER}/24`)
    address('carrier', 'inner', '100.64.7.1/24')
    inside('router', 'ip route add default via 100.64.7.1')
    translate('carrier')
  }
  link(edge, 'outer', 'outside', 'o0')
  address(edge, 'outer', `${PUBLIC}/24`)
  for (const text of ['8.8.4.2/24', `${FIRST}/32`, `${SECOND}/32`]) address('outside', 'o0', text)
  inside(edge, 'ip route add 9.9.9.0/24 via 8.8.4.2')
  translate('router')
  if (carrier) return
  address('router', 'outer', '2606:4700:99::1/64')
  address('outside', 'o0', `${FIRST6}/64`)
  inside('outside', 'ip -6 route add default via 2606:4700:99::1')
}

export function removeNat(): void {
  for (const name of Object.values(NS)) {
    try {
      run(`ip netns del ${name}`)
    } catch {
      // It was not made.
    }
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface Started {
  /** The first line that holds this text. */
  line(part: string): Promise<string>
  stop(): Promise<void>
}

/** A Node program in one of the places; `script` is an absolute path. */
export function startAt(place: Place, script: string, args: readonly string[]): Started {
  const child: ChildProcess = spawn(IP, ['netns', 'exec', NS[place], process.execPath, script, ...args], {
    cwd: root,
  })
  let text = ''
  const told = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => {
      text += part.toString()
      for (const tell of told) tell()
    })
  return {
    line: (part) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = text
            .split('\n')
            .slice(0, -1)
            .find((one) => one.includes(part))
          if (found !== undefined) resolve(found)
        }
        told.add(look)
        child.once('exit', () => reject(new Error(`${script} ended: ${text}`)))
        look()
      }),
    stop: async () => {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** Runs a Node program to its end. @returns what it printed */
export async function runAt(place: Place, script: string, args: readonly string[]): Promise<string> {
  const child = spawn(IP, ['netns', 'exec', NS[place], process.execPath, script, ...args], { cwd: root })
  let text = ''
  child.stdout.on('data', (part: Buffer) => {
    text += part.toString()
  })
  await once(child, 'close')
  return text
}

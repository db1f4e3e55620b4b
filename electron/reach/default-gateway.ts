import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { formatIp, parseIp } from '../../shared/mining/ip-address.ts'

/** `/proc/net/route` of Linux: hexadecimal, each address with its bytes turned round; 0x2 marks a gateway. */
export function gatewayOfRouteFile(text: string): string | undefined {
  for (const line of text.split('\n').slice(1)) {
    const [, target, gateway, flags] = line.split('\t')
    if (target !== '00000000' || !gateway || !/^[0-9A-F]{8}$/i.test(gateway)) continue
    if ((Number.parseInt(flags ?? '0', 16) & 2) === 0) continue
    const bytes = [6, 4, 2, 0].map((at) => gateway.slice(at, at + 2)).join('')
    return formatIp({ version: 4, value: BigInt(`0x${bytes}`) })
  }
  return undefined
}

/** `netstat -rn` of macOS (`default  192.168.1.1 …`) and Windows (`0.0.0.0  0.0.0.0  192.168.1.1 …`). */
export function gatewayOfTable(text: string): string | undefined {
  for (const line of text.split('\n')) {
    const [target, second, third] = line.trim().split(/\s+/)
    const gateway = target === 'default' ? second : target === '0.0.0.0' && second === '0.0.0.0' ? third : undefined
    if (gateway !== undefined && parseIp(gateway)?.version === 4) return gateway
  }
  return undefined
}

/** Of the system itself: one that lies elsewhere on the path is not run. */
const TABLE = process.platform === 'win32' ? 'C:\\Windows\\System32\\NETSTAT.EXE' : '/usr/sbin/netstat'

const routeTable = (): Promise<string> =>
  new Promise((resolve) => {
    execFile(TABLE, ['-rn'], { timeout: 5_000, windowsHide: true }, (_cause, stdout) => resolve(stdout))
  })

/** Where this computer sends what is not for its own network. Asks nobody. */
export async function defaultGateway(): Promise<string | undefined> {
  if (process.platform !== 'linux') return gatewayOfTable(await routeTable())
  return gatewayOfRouteFile(await readFile('/proc/net/route', 'utf8').catch(() => ''))
}

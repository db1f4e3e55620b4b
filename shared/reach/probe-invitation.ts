import { formatIp, parseIp } from '../mining/ip-address.ts'

/** Where a helper listens, and the key that those who may ask it share with it. */
export interface ProbeInvitation {
  readonly family: 4 | 6
  readonly address: string
  readonly port: number
  /** 22 characters of base64url: 16 bytes. */
  readonly key: string
}

const SHAPE = /^taoforge-probe:(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+)):([1-9]\d{0,4})\/([A-Za-z0-9_-]{22})$/

/** Reads what a helper handed out. The address is one, not a name: nobody has to be asked where it is. */
export function readInvitation(text: string): ProbeInvitation | undefined {
  const match = SHAPE.exec(text.trim())
  const ip = parseIp(match?.[1] ?? match?.[2] ?? '')
  const [port, key] = [Number(match?.[3]), match?.[4]]
  if (!ip || key === undefined || port > 65_535 || (match?.[1] === undefined) !== (ip.version === 4)) return undefined
  return { family: ip.version, address: formatIp(ip), port, key }
}

export const writeInvitation = ({ family, address, port, key }: ProbeInvitation): string =>
  `taoforge-probe:${family === 6 ? `[${address}]` : address}:${port}/${key}`

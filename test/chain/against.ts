import { expect } from 'vitest'
import { startPractice } from '../support/chain/practice-network.ts'
import { FaultProxy } from '../support/fault-proxy.ts'
import { WORDS } from '../support/host-session.ts'
import { runAgainst } from './main.ts'

const METADATA = 'Metadata_metadata_at_version'
const hex = (text: string) => Buffer.from(text).toString('hex')

/**
 * Another name of the same length: the metadata stays whole, and what was called so is not in it. Names of calls and pallets
 * with calls have to stay: what a transaction signs goes by them.
 */
const without = (names: readonly string[]) => (honest: string) =>
  names.reduce((bytes, name) => {
    expect(bytes, `${name} is not in the metadata`).toContain(hex(name))
    return bytes.replaceAll(hex(name), hex('x'.repeat(name.length)))
  }, honest)

/** Runs the journey against a practice network whose runtime lacks some names. Fails where a part of it does. */
export async function linesAgainst(options: readonly string[], hidden: readonly string[]): Promise<readonly string[]> {
  const network = await startPractice(options)
  const proxy = await FaultProxy.before(network.ws, { calls: { [METADATA]: without(hidden) } })
  const lines: string[] = []
  try {
    const fine = await runAgainst(proxy.ws, WORDS, (line) => lines.push(line))
    expect(fine, lines.join('\n')).toBe(true)
    return lines
  } finally {
    await proxy.stop()
    await network.stop()
  }
}

/** The line of one part, or its name where there is none. */
export const lineIn =
  (lines: readonly string[]) =>
  (part: string): string =>
    lines.find((one) => one.slice('ok    '.length).startsWith(`${part}: `)) ?? part

export const offIn = (lines: readonly string[]): readonly string[] =>
  lines.filter((one) => one.startsWith('off')).map((one) => one.slice('off   '.length).split(': ')[0] ?? one)

import { describe, expect, it } from 'vitest'
import { addressGroups, shortAddress, shortHash } from './address.ts'
import { isEndpoint } from './endpoint.ts'
import { pickThree } from './pick-three.ts'
import { writeBytes, writeClock, writeComing, writeDuration, writeLatency, writeMoment, writeTick } from './time.ts'

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'

describe('addresses', () => {
  it('come in twelve groups of four', () => {
    const groups = addressGroups(ALICE)
    expect(groups).toHaveLength(12)
    expect(groups.join('')).toBe(ALICE)
  })
  it('have a short form of their ends', () => {
    expect(shortAddress(ALICE)).toBe('5Grw vaEF … utQY')
    expect(shortHash(`0x${'ab'.repeat(32)}`)).toBe('abab abab … abab')
    expect(shortAddress('5Grw')).toBe('5Grw')
  })
})

describe('time', () => {
  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [61_000, '1 min 1 s'],
    [600_000, '10 min'],
    [3_600_000, '1 h'],
    [11_100_000, '3 h 5 min'],
    [187_200_000, '2 d 4 h'],
    [-5, '0 s'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(writeDuration(ms)).toBe(text)
  })
  it('writes the clock within a day and the date before it', () => {
    const at = new Date(2026, 10, 22, 9, 5, 7).getTime()
    expect(writeMoment(at, at + 1000)).toBe('09:05')
    expect(writeMoment(at, at + 90_000_000)).toBe('2026-11-22 09:05')
    expect(writeComing(at, at - 9 * 3_600_000)).toBe('09:05')
    expect(writeComing(at, at - 10 * 3_600_000)).toBe('2026-11-22 09:05')
    expect(writeClock(at)).toBe('09:05:07')
  })
  it('writes latencies and sizes', () => {
    expect(writeLatency(71.4)).toBe('71 ms')
    expect(writeLatency(1_020)).toBe('1.02 s')
    expect([1, 471_000, 1_500_000, 98_000_000, 1_100_000_000].map(writeBytes)).toEqual([
      '1 B',
      '471 kB',
      '1.5 MB',
      '98 MB',
      '1.1 GB',
    ])
  })
})

describe('endpoints', () => {
  it('are ws or wss with a host', () => {
    for (const text of ['ws://127.0.0.1:9944', ' wss://example.org:443/path ']) expect(isEndpoint(text)).toBe(true)
    for (const text of ['', 'http://example.org', 'example.org', 'ws://', 'javascript:alert(1)'])
      expect(isEndpoint(text)).toBe(false)
  })
})

describe('pickThree', () => {
  it('takes three different places in order, even with a stuck source of chance', () => {
    expect(pickThree(12, () => 0)).toEqual([0, 1, 2])
    expect(pickThree(12, () => 0.999_999)).toEqual([9, 10, 11])
    for (let i = 0; i < 50; i++) {
      const places = pickThree(12)
      expect(new Set(places).size).toBe(3)
      expect(places.every((place) => place >= 0 && place < 12)).toBe(true)
    }
  })
})

describe('ticks of a time axis', () => {
  it.each([
    [[0.25, 0.5, 1], 72 * 60_000, '18 36 72 min'],
    [[0.25, 0.5, 1], 21_000, '5.3 11 21 s'],
    [[0.25, 0.5, 1], 6 * 3_600_000, '1.5 3 6 h'],
  ])('%j of %d ms', (parts, spanMs, text) => {
    expect(parts.map((part) => writeTick(part * spanMs, spanMs, part === 1)).join(' ')).toBe(text)
  })
})

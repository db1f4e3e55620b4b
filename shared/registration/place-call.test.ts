import { describe, expect, it } from 'vitest'
import { alpha, netuid, rao, ss58 } from '../units/amounts.ts'
import { type PlaceFacts, placeRefusal } from './place-call.ts'

const OWN = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const OTHER = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const OLD = ss58('5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy')
const NEW = ss58('5HGjWAeFDfFCWPsjFQdVV2Msvz2XtMktvgocEZcCj68kUMaw')
const at = (id: number, uid = 4) => ({ netuid: netuid(id), uid })
const swap = { kind: 'swap-hotkey', hotkey: OLD, newHotkey: NEW, keepStake: false } as const
const facts = (more: Partial<PlaceFacts> = {}): PlaceFacts => ({
  block: 1_000,
  cost: rao(100_000_000n),
  giver: { hotkey: OLD, owner: OWN, places: [at(2), at(3)] },
  receiver: { hotkey: NEW, places: [] },
  ...more,
})
const code = (error: ReturnType<typeof placeRefusal>) => error?.code

describe('a swap of hotkeys', () => {
  it('is fine between two own hotkeys, or to one that is nobody’s', () => {
    expect(placeRefusal(swap, OWN, facts())).toBeUndefined()
    expect(placeRefusal(swap, OWN, facts({ receiver: { hotkey: NEW, owner: OWN, places: [] } }))).toBeUndefined()
    expect(placeRefusal({ ...swap, netuid: netuid(2), keepStake: true }, OWN, facts())).toBeUndefined()
  })

  it('never takes a hotkey of somebody else, on either side', () => {
    const theirs = facts({ receiver: { hotkey: NEW, owner: OTHER, places: [] } })
    expect(placeRefusal(swap, OWN, theirs)).toEqual({ code: 'register/other-owner', hotkey: NEW, owner: OTHER })
    const giver = { hotkey: OLD, owner: OTHER, places: [at(2)] }
    expect(placeRefusal(swap, OWN, facts({ giver }))).toEqual({
      code: 'register/other-owner',
      hotkey: OLD,
      owner: OTHER,
    })
    expect(code(placeRefusal(swap, OWN, facts({ giver: { hotkey: OLD, places: [] } })))).toBe('place/none')
  })

  it('is refused where the new one has a place that would be touched, and only there', () => {
    const receiver = { hotkey: NEW, owner: OWN, places: [at(3, 9)] }
    expect(placeRefusal(swap, OWN, facts({ receiver }))).toEqual({ code: 'register/already-registered', ...at(3, 9) })
    expect(placeRefusal({ ...swap, netuid: netuid(2) }, OWN, facts({ receiver }))).toBeUndefined()
  })

  it('is refused where the old one has no place to give', () => {
    expect(placeRefusal({ ...swap, netuid: netuid(7) }, OWN, facts())).toEqual({
      code: 'place/none',
      hotkey: OLD,
      netuid: netuid(7),
    })
  })

  it('keeps stake apart on one subnet only, waits its time, and merges no baskets', () => {
    expect(code(placeRefusal({ ...swap, keepStake: true }, OWN, facts()))).toBe('place/stake-needs-subnet')
    const keep = { ...swap, netuid: netuid(2), keepStake: true }
    expect(placeRefusal(keep, OWN, facts({ bound: alpha(7n) }))).toMatchObject({
      code: 'place/stake-bound',
      locked: 7n,
    })
    expect(placeRefusal({ ...keep, keepStake: false }, OWN, facts({ bound: alpha(7n) }))).toBeUndefined()
    expect(placeRefusal(swap, OWN, facts({ notBefore: 1_010 }))).toEqual({
      code: 'place/swap-too-soon',
      blocksLeft: 10,
    })
    expect(placeRefusal(swap, OWN, facts({ notBefore: 1_000 }))).toBeUndefined()
    expect(code(placeRefusal(swap, OWN, facts({ busyOnRoot: true })))).toBe('place/busy-on-root')
    expect(code(placeRefusal({ ...swap, newHotkey: OLD }, OWN, facts()))).toBe('place/same-hotkey')
  })
})

describe('a seat on root', () => {
  const ask = { kind: 'root-register', hotkey: NEW } as const
  const seat = (more: Partial<PlaceFacts> = {}) => facts({ giver: undefined, ...more })

  it('is for a hotkey without one; on a full root for more stake than the weakest has', () => {
    expect(placeRefusal(ask, OWN, seat())).toBeUndefined()
    const receiver = { hotkey: NEW, owner: OWN, places: [at(0, 63)] }
    expect(code(placeRefusal(ask, OWN, seat({ receiver })))).toBe('register/already-registered')
    const mostHave = { weakest: rao(500n), own: rao(500n) }
    expect(placeRefusal(ask, OWN, seat({ mostHave }))).toEqual({ code: 'place/root-full', ...mostHave })
    expect(placeRefusal(ask, OWN, seat({ mostHave: { ...mostHave, own: rao(501n) } }))).toBeUndefined()
  })
})

import { create } from 'zustand'

/** What the person has chosen to mine with, and not yet started. */
interface MineDraft {
  readonly netuid: number | undefined
  readonly hotkey: string | undefined
  readonly modelId: string | undefined
  readonly port: string | undefined
  readonly publicIp: string
  /** One other registration in the same block makes the place 26 % dearer; this leaves room for one. */
  readonly tolerancePpm: number
  readonly expectsLoss: boolean
  readonly adapter: string | undefined
  /** The warning about an adapter that nobody tried there was read. */
  readonly understood: boolean
  readonly servicePort: string
  readonly servicePath: string
  /** Subnet, adapter, model and hotkey are chosen one by one, in place of what is proposed. */
  readonly otherwise: boolean
  userPicked(change: Partial<Pick<MineDraft, 'netuid' | 'hotkey' | 'modelId' | 'adapter'>>): void
  userChoosesOtherwise(otherwise: boolean): void
  userTypedPort(port: string): void
  userTypedAddress(publicIp: string): void
  userPickedTolerance(tolerancePpm: number): void
  userAcceptedLoss(expectsLoss: boolean): void
  userUnderstood(understood: boolean): void
  userTypedService(change: Partial<Pick<MineDraft, 'servicePort' | 'servicePath'>>): void
}

export const useMineDraft = create<MineDraft>()((set) => ({
  netuid: undefined,
  hotkey: undefined,
  modelId: undefined,
  port: undefined,
  publicIp: '',
  tolerancePpm: 300_000,
  expectsLoss: false,
  adapter: undefined,
  understood: false,
  servicePort: '',
  servicePath: '/',
  otherwise: false,
  userPicked: (change) => set({ ...change, expectsLoss: false, understood: false }),
  userChoosesOtherwise: (otherwise) => set({ otherwise }),
  userTypedPort: (port) => set({ port }),
  userTypedAddress: (publicIp) => set({ publicIp }),
  userPickedTolerance: (tolerancePpm) => set({ tolerancePpm }),
  userAcceptedLoss: (expectsLoss) => set({ expectsLoss }),
  userUnderstood: (understood) => set({ understood }),
  userTypedService: (change) => set(change),
}))

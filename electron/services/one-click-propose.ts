import type { MiningOption } from '../../shared/contract/mining.contract.ts'
import type { ModelView } from '../../shared/contract/models.contract.ts'
import type { Proposal } from '../../shared/contract/one-click.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import {
  type Candidate,
  NOTHING_PROPOSED,
  ON_SERVERS,
  type ProposeInput,
  type ProposeModel,
  type ProposeSubnet,
  propose,
} from '../../shared/mining/propose.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Subnet } from '../../shared/subnets/subnet.ts'
import type { Netuid, Ss58 } from '../../shared/units/amounts.ts'
import { readPay } from './one-click-check.ts'
import type { OneClickDeps } from './one-click-deps.ts'

/** What is asked for by name; what is not is proposed. */
export interface GoWish {
  readonly netuid?: Netuid | undefined
  readonly adapter?: string | undefined
  readonly modelId?: string | undefined
  readonly hotkey?: Ss58 | undefined
  readonly understood?: boolean | undefined
  readonly tolerancePpm?: number | undefined
  readonly acceptLicence?: string | undefined
}

const writes = ({ uses }: ModelView): boolean => !uses.includes('embedding') && !uses.includes('rerank')

const modelOf = (model: ModelView): ProposeModel => ({
  id: model.id,
  name: model.name,
  origin: model.origin,
  state: model.state,
  fits: model.fits,
  sizeBytes: model.sizeBytes,
  writes: writes(model),
  licence: model.licence,
})

/** Servers of the user's own that write, as one more model, where one of them answers now. */
async function serversOf({ servers }: OneClickDeps): Promise<readonly ProposeModel[]> {
  if (servers.states().every(({ state }) => state === 'off')) return []
  const there = await servers.reach(['chat'], new AbortController().signal)
  if (!there.ok) return []
  const { name } = there.value
  return [{ id: ON_SERVERS, name, origin: 'servers', state: 'ready', fits: 'fits', sizeBytes: 0, writes: true }]
}

/** @errors chain/not-connected, keys/no-wallet, and those of reading */
async function gather(deps: OneClickDeps, wish: GoWish): Promise<Result<ProposeInput, AppError>> {
  const choice = deps.network.choice()
  if (!choice || deps.network.genesis() === undefined) return err({ code: 'chain/not-connected' })
  const wallet = deps.wallets.active()
  if (!wallet) return err({ code: 'keys/no-wallet' })
  const [options, snapshot, models, servers] = await Promise.all([
    deps.options.list(),
    deps.chain.subnets(),
    deps.models.list(),
    serversOf(deps),
  ])
  if (!options.ok) return options
  if (!snapshot.ok) return snapshot
  const wanted = options.value.filter(({ netuid }) => wish.netuid === undefined || netuid === wish.netuid)
  const subnets = await Promise.all(
    wanted.map((option) => {
      const subnet = snapshot.value.subnets.find(({ netuid }) => netuid === option.netuid)
      return subnetOf(deps, { option, subnet, own: wallet.address, adapter: wish.adapter })
    }),
  )
  return ok({
    network: choice.kind,
    hotkeys: wallet.hotkeys.filter(({ address }) => wish.hotkey === undefined || address === wish.hotkey),
    subnets,
    models: [...servers, ...models.map(modelOf)].filter(({ id }) => wish.modelId === undefined || id === wish.modelId),
  })
}

interface About {
  readonly option: MiningOption
  readonly subnet: Subnet | undefined
  readonly own: Ss58
  readonly adapter: string | undefined
}

async function subnetOf(deps: OneClickDeps, { option, subnet, own, adapter }: About): Promise<ProposeSubnet> {
  const owned = subnet?.ownerColdkey === own
  // What nobody would be proposed is not worth a request each.
  const pay = subnet && (option.usable || owned) ? await readPay(deps, subnet) : undefined
  return {
    netuid: option.netuid,
    name: option.name,
    usable: option.usable,
    owned,
    adapters: option.adapters
      .filter(({ id }) => adapter === undefined || id === adapter)
      .map((one) => ({ ...one, writes: writesFor(deps, one.id) })),
    registrationPrice: option.registrationPrice,
    placesTaken: option.placesTaken,
    places: option.places,
    mine: option.mine,
    ...(pay ? { pay } : {}),
  }
}

/** Whether its work is text; a program of other people says by itself what it needs. */
function writesFor({ adapters }: OneClickDeps, id: string): boolean {
  const tasks = adapters.byId(id)?.tasks ?? []
  return !tasks.some((task) => task === 'embed' || task === 'rank')
}

/** @errors those of gathering */
export async function proposal(deps: OneClickDeps): Promise<Result<Proposal, AppError>> {
  const input = await gather(deps, {})
  if (!input.ok) return input
  const candidates = propose(input.value)
  const { servers, helpers } = deps.reach.state().asks
  return ok({
    candidates,
    ...(candidates[0]?.proposable ? {} : { nothing: NOTHING_PROPOSED }),
    asks: input.value.network === 'practice' ? [] : [...servers, ...helpers],
  })
}

/** @errors those of gathering, mining/nothing-proposed, mining/no-adapter, model/unknown, keys/unknown-hotkey */
export async function chosen(deps: OneClickDeps, wish: GoWish): Promise<Result<Candidate, AppError>> {
  const input = await gather(deps, wish)
  if (!input.ok) return input
  const { hotkeys, models } = input.value
  if (wish.hotkey !== undefined && hotkeys.length === 0) return err({ code: 'keys/unknown-hotkey', name: wish.hotkey })
  if (wish.modelId !== undefined && models.length === 0) return err({ code: 'model/unknown', id: wish.modelId })
  const [best] = propose(input.value)
  if (!best) {
    if (wish.netuid === undefined) return err({ code: 'mining/nothing-proposed' })
    return err({ code: 'mining/no-adapter', netuid: wish.netuid })
  }
  // What nobody named is begun only where it is proposed.
  if (!best.proposable && wish.netuid === undefined) return err({ code: 'mining/nothing-proposed' })
  return ok(best)
}

import { RUNTIME_APIS } from '../../definitions/runtime-apis.ts'
import { VERSION } from '../../definitions/version.ts'
import { METADATA_VERSIONS, metadataBytes } from '../../metadata/metadata.ts'
import { type ChainContext, UnknownApi } from '../../runtime.port.ts'
import type { FieldTypes } from '../../scale/composites.ts'
import { decodeInputs } from '../../scale/runtime-api.ts'
import type { Kv } from '../../state/kv.port.ts'
import type { Ctx } from '../core/ctx.ts'
import { Store } from '../core/store.ts'
import { accountOf } from '../money/balances.ts'
import { basketHandlers } from './baskets.ts'
import { delegateHandlers } from './delegates.ts'
import { feeHandlers } from './fees.ts'
import type { HandlersOf } from './handlers.ts'
import { neuronHandlers } from './neurons.ts'
import { proxyHandlers } from './proxies.ts'
import { stakeHandlers } from './stakes.ts'
import { subnetHandlers } from './subnets.ts'
import { swapHandlers } from './swaps.ts'

type Apis = typeof RUNTIME_APIS

const isOffered = (version: number): version is (typeof METADATA_VERSIONS)[number] =>
  METADATA_VERSIONS.some((offered) => offered === version)

const handlers: { readonly [A in keyof Apis]: HandlersOf<A> } = {
  Core: { version: () => VERSION },
  Metadata: {
    metadata: () => metadataBytes(14),
    metadata_at_version: (_ctx, { version }) => (isOffered(version) ? metadataBytes(version) : undefined),
    metadata_versions: () => [...METADATA_VERSIONS],
  },
  AccountNonceApi: { account_nonce: ({ store }, { account }) => accountOf(store, account).nonce },
  ...feeHandlers,
  ...subnetHandlers,
  ...neuronHandlers,
  ...stakeHandlers,
  ...delegateHandlers,
  ...swapHandlers,
  ...proxyHandlers,
  ...basketHandlers,
}

/** What the table looks like once a name has been looked up in it: bytes in, bytes out. */
interface AnyMethod {
  readonly inputs: FieldTypes<object>
  readonly output: { readonly codec: { enc(value: unknown): Uint8Array } }
}

/**
 * Answers `state_call`. @param method  `Api_method`, as Substrate spells it
 * @errors throws UnknownApi for a method that is not here, RangeError for arguments that do not decode
 */
export function callApi(kv: Kv, method: string, args: Uint8Array, context: ChainContext): Uint8Array {
  const [api = '', ...rest] = method.split('_')
  const name = rest.join('_')
  const methods = Object.hasOwn(RUNTIME_APIS, api) ? RUNTIME_APIS[api as keyof Apis].methods : {}
  if (!Object.hasOwn(methods, name)) throw new UnknownApi(method)
  // Names were just looked up; HandlersOf<A> proved that each handler belongs to its method.
  const found = (methods as unknown as Readonly<Record<string, AnyMethod>>)[name]
  const table = handlers[api as keyof Apis] as unknown as Readonly<
    Record<string, (ctx: Ctx, inputs: object) => unknown>
  >
  const handler = table[name]
  if (found === undefined || handler === undefined) throw new UnknownApi(method)
  const ctx: Ctx = { store: new Store(kv), block: context.number, emit: () => undefined }
  return found.output.codec.enc(handler(ctx, decodeInputs(found, args)))
}

import type { AppError } from '../../../../shared/errors.ts'
import { Answer, asTagged } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { textOf } from '../scale/text.ts'
import type { ChainEvent } from './events.ts'

/** The error hidden in an extrinsic's own events, also where a batch or a proxy hides it behind a success. */
export function failureIn(runtime: Runtime, events: readonly ChainEvent[], block: number): AppError | undefined {
  for (const { name, value } of events) {
    const error = dispatchErrorOf(name, value)
    if (error !== undefined) return { code: 'chain/dispatch-failed', ...describe(runtime, error), block }
  }
  return undefined
}

function dispatchErrorOf(name: string, value: unknown): unknown {
  switch (name) {
    case 'System.ExtrinsicFailed':
      return new Answer(value, name).raw('dispatch_error')
    case 'Utility.BatchInterrupted':
    case 'Utility.ItemFailed':
      return new Answer(value, name).raw('error')
    case 'Proxy.ProxyExecuted':
    case 'Multisig.MultisigExecuted': {
      const result = asTagged(new Answer(value, name).raw('result'), name)
      return result.type === 'Err' ? result.value : undefined
    }
    default:
      return undefined
  }
}

/** `Pallet.Error` and its documentation; other kinds (token, arithmetic…) as the chain names them. */
function describe(runtime: Runtime, error: unknown): { readonly name: string; readonly docs: string } {
  const { type, value } = asTagged(error, 'DispatchError')
  if (type !== 'Module') return { name: value === undefined ? type : `${type}.${textOf(value)}`, docs: '' }
  const fields = new Answer(value, 'ModuleError')
  const bytes = fields.raw('error')
  const code = bytes instanceof Uint8Array ? (bytes[0] ?? 0) : badAnswer('ModuleError.error')
  const pallet = fields.number('index')
  return runtime.moduleError(pallet, code) ?? { name: `pallet ${pallet}, error ${code}`, docs: '' }
}

import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import { ok } from '../../shared/result.ts'
import type { Services } from './create-host.ts'

type Names = Extract<keyof AppContract, `callers.${string}`>

export const callersHandlers = ({ callerLists }: Services): Pick<Handlers<AppContract>, Names> => ({
  'callers.get': async () => ok(callerLists.get()),
  'callers.set': async (typed) => callerLists.set(typed),
})

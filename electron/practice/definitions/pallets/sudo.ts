import { call, definePallet, error, event } from '../../scale/pallet.ts'
import { storageOption } from '../../scale/storage.ts'
import { outerCall } from '../outer-call.ts'
import { accountId, multiAddress } from '../types/account.ts'
import { dispatchResult } from '../types/dispatch-result.ts'

/** One key may act as root. Here it is //Alice, as on every local node. */
export const sudo = definePallet({
  name: 'Sudo',
  index: 12,
  module: 'pallet_sudo::pallet',
  calls: {
    sudo: call(0, { call: outerCall }, 'Carries out a call as root.'),
    sudo_as: call(3, { who: multiAddress, call: outerCall }, 'Carries out a call as another account.'),
  },
  events: {
    Sudid: event(0, { sudo_result: dispatchResult }),
    SudoAsDone: event(3, { sudo_result: dispatchResult }),
  },
  errors: {
    RequireSudo: error(0, 'Only the sudo key may do this.'),
  },
  storage: {
    Key: storageOption(accountId),
  },
})

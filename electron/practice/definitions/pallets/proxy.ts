import { option, unit } from '../../scale/composites.ts'
import { call, constant, definePallet, error, event } from '../../scale/pallet.ts'
import { bool, compact, u16, u32, u64 } from '../../scale/primitives.ts'
import { storageMap, storageOptionMap } from '../../scale/storage.ts'
import { outerCall } from '../outer-call.ts'
import { accountId, h256, multiAddress } from '../types/account.ts'
import { dispatchResult } from '../types/dispatch-result.ts'
import { announcementsWithDeposit, depositKind, proxiesWithDeposit, proxyType } from '../types/proxy.ts'

const delegation = { delegate: multiAddress, proxy_type: proxyType, delay: u32 }
const delegated = { delegator: accountId, delegatee: accountId, proxy_type: proxyType, delay: u32 }

/** Accounts that may act for others, within limits and after delays. Delays are in blocks, deposits in rao. */
export const proxy = definePallet({
  name: 'Proxy',
  index: 16,
  module: 'pallet_subtensor_proxy::pallet',
  calls: {
    proxy: call(
      0,
      { real: multiAddress, force_proxy_type: option(proxyType), call: outerCall },
      'Carries out a call for another account, without delay.',
    ),
    add_proxy: call(1, delegation, 'Lets another account act for the caller.'),
    remove_proxy: call(2, delegation, 'Ends what add_proxy began; all three arguments must be the same.'),
    remove_proxies: call(3, {}, 'Ends all delegations of the caller. A pure account is lost by it.'),
    create_pure: call(
      4,
      { proxy_type: proxyType, delay: u32, index: u16 },
      'Makes an account without a key, for which the caller may act.',
    ),
    kill_pure: call(
      5,
      { spawner: multiAddress, proxy_type: proxyType, index: u16, height: compact(u32), ext_index: compact(u32) },
      'A pure account ends itself; what it still holds is lost.',
    ),
    announce: call(6, { real: multiAddress, call_hash: h256 }, 'Announces a call for an account that set a delay.'),
    remove_announcement: call(7, { real: multiAddress, call_hash: h256 }, 'Takes an announcement back.'),
    reject_announcement: call(
      8,
      { delegate: multiAddress, call_hash: h256 },
      'The account refuses what a delegate announced for it.',
    ),
    proxy_announced: call(
      9,
      { delegate: multiAddress, real: multiAddress, force_proxy_type: option(proxyType), call: outerCall },
      'Carries out an announced call once its delay is over.',
    ),
    poke_deposit: call(10, {}, 'Makes the deposits what they would be today.'),
    set_real_pays_fee: call(
      11,
      { delegate: multiAddress, pays_fee: bool },
      'Whether the caller pays the fees of calls that a delegate makes for it.',
    ),
  },
  events: {
    ProxyExecuted: event(0, { result: dispatchResult }),
    PureCreated: event(1, { pure: accountId, who: accountId, proxy_type: proxyType, disambiguation_index: u16 }),
    PureKilled: event(2, { pure: accountId, spawner: accountId, proxy_type: proxyType, disambiguation_index: u16 }),
    Announced: event(3, { real: accountId, proxy: accountId, call_hash: h256 }),
    ProxyAdded: event(4, delegated),
    ProxyRemoved: event(5, delegated),
    DepositPoked: event(6, { who: accountId, kind: depositKind, old_deposit: u64, new_deposit: u64 }),
    RealPaysFeeSet: event(7, { real: accountId, delegate: accountId, pays_fee: bool }),
  },
  errors: {
    TooMany: error(0, 'No more delegations or announcements are allowed.'),
    NotFound: error(1, 'There is no such delegation or announcement.'),
    NotProxy: error(2, 'The sender may not act for this account.'),
    Unproxyable: error(3, 'This kind of delegation does not cover the call.'),
    Duplicate: error(4, 'The delegation or the account exists already.'),
    NoPermission: error(5, 'The caller was not made with these arguments.'),
    Unannounced: error(6, 'The call was not announced, or too short a time ago.'),
    NoSelfProxy: error(7, 'An account cannot be its own delegate.'),
    AnnouncementDepositInvariantViolated: error(8, 'The deposit of the announcements cannot be computed.'),
    InvalidDerivedAccountId: error(9, 'No account can be derived from this.'),
  },
  storage: {
    Proxies: storageMap([['Twox64Concat', accountId]], proxiesWithDeposit, [[], 0n]),
    Announcements: storageMap([['Twox64Concat', accountId]], announcementsWithDeposit, [[], 0n]),
    RealPaysFee: storageOptionMap(
      [
        ['Twox64Concat', accountId],
        ['Twox64Concat', accountId],
      ],
      unit,
    ),
  },
  constants: {
    ProxyDepositBase: constant(u64, 60_000_000n),
    ProxyDepositFactor: constant(u64, 33_000_000n),
    MaxProxies: constant(u32, 20),
    MaxPending: constant(u32, 75),
    AnnouncementDepositBase: constant(u64, 36_000_000n),
    AnnouncementDepositFactor: constant(u64, 68_000_000n),
  },
})

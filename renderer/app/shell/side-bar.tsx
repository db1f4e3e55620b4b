import {
  ArrowDownLeft,
  ArrowUpRight,
  Bell,
  BookUser,
  Boxes,
  ChartColumn,
  Cpu,
  FileText,
  Globe,
  History,
  Hourglass,
  KeyRound,
  List,
  Lock,
  LockOpen,
  MonitorDot,
  QrCode as QrCodeIcon,
  Scale,
  ScrollText,
  Server,
  ShieldCheck,
  SlidersHorizontal,
  Thermometer,
  Users,
  UsersRound,
  Wallet,
  WalletCards,
} from 'lucide-react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { shortAddress } from '../../format/address.ts'
import { hrefOf, type ViewName } from '../../format/route.ts'
import { writeDuration } from '../../format/time.ts'
import { Brand } from '../../ui/brand.tsx'
import { Identicon } from '../../ui/identicon.tsx'
import { ActingChoice } from './acting-choice.tsx'

interface View {
  readonly view: ViewName
  readonly title: string
  readonly icon: typeof Wallet
  /** Opens it together with Ctrl: digits in the order of the bar, and what other programs use for settings. */
  readonly key?: string
}

/** In the order of the bar. */
export const VIEWS: readonly View[] = [
  { view: 'portfolio', title: 'Portfolio', icon: Wallet, key: '1' },
  { view: 'subnets', title: 'Subnets', icon: List, key: '2' },
  { view: 'mine', title: 'Mine', icon: Cpu, key: '3' },
  { view: 'watch', title: 'Your places', icon: Bell },
  { view: 'care', title: 'Care of this computer', icon: Thermometer },
  { view: 'models', title: 'Models', icon: Boxes },
  { view: 'backends', title: 'Servers', icon: Server },
  { view: 'earnings', title: 'Earnings', icon: ChartColumn, key: '4' },
  { view: 'fleet', title: 'Machines', icon: MonitorDot },
  { view: 'profit', title: 'Profit', icon: Scale },
  { view: 'activity', title: 'Activity', icon: History, key: '5' },
  { view: 'history', title: 'History', icon: ScrollText, key: '6' },
  { view: 'orders', title: 'Limit orders', icon: Hourglass },
  { view: 'network', title: 'Network', icon: Globe, key: '7' },
  { view: 'addresses', title: 'Address book', icon: BookUser, key: '8' },
  { view: 'shared-accounts', title: 'Shared accounts', icon: UsersRound },
  { view: 'offline', title: 'Offline signer', icon: QrCodeIcon },
  { view: 'settings', title: 'Settings', icon: SlidersHorizontal, key: ',' },
  { view: 'wallets', title: 'Wallets', icon: WalletCards, key: '9' },
  { view: 'validators', title: 'Validators', icon: UsersRound },
  { view: 'holdings', title: 'Locks and claims', icon: Lock },
  { view: 'send', title: 'Send', icon: ArrowUpRight },
  { view: 'receive', title: 'Receive', icon: ArrowDownLeft },
  { view: 'proxies', title: 'Who may act', icon: Users },
  { view: 'coldkey', title: 'Change of coldkey', icon: KeyRound },
  { view: 'limits', title: 'Signing limits', icon: ShieldCheck },
  { view: 'log', title: 'Log', icon: FileText },
]

/** Reached from the wallet's name, or from the portfolio. */
const WITHOUT_ENTRY: ReadonlySet<ViewName> = new Set([
  'models',
  'backends',
  'care',
  'wallets',
  'validators',
  'holdings',
  'send',
  'receive',
  'limits',
  'log',
  'proxies',
  'coldkey',
])

/** `92.6 tok/s`, `on`, `off`: what the miner does, in the space beside its name. */
export function useMinerWord(): string {
  const miner = valueIn(useSubscription('mining.status'))
  if (!miner) return 'unknown'
  if (miner.held) return 'held'
  if (miner.state === 'mining' && miner.tokensPerSecond !== undefined)
    return `${miner.tokensPerSecond.toFixed(1)} tok/s`
  return { off: 'off', starting: 'starts', mining: 'on', stopping: 'stops', failed: 'failed' }[miner.state]
}

function LockState({ wallet }: { readonly wallet: WalletView }) {
  const state = valueIn(useSubscription('wallet.state'))
  const lock = useCommand('wallet.lock')
  const actions = useAppActions()
  const now = useNow()
  if (wallet.watchOnly)
    return (
      <div className="foot">
        <span className="txt">Watched, without its key</span>
      </div>
    )
  if (!wallet.unlocked)
    return (
      <div className="foot">
        <span className="txt">Locked</span>
        <button
          type="button"
          className="btn"
          title="Unlock the wallet"
          aria-label="Unlock the wallet"
          onClick={actions.unlock}
        >
          <LockOpen className="ic s" />
          <span className="txt">Unlock</span>
        </button>
      </div>
    )
  const leftMs = state?.locksAtMs === undefined ? undefined : state.locksAtMs - now
  return (
    <div className="foot">
      <span className="txt">
        {leftMs === undefined ? 'Unlocked until you lock it' : `Unlocked, locks in ${writeDuration(leftMs)}`}
      </span>
      <button
        type="button"
        className="btn"
        title="Lock now (Ctrl L)"
        aria-label="Lock now"
        onClick={() => void lock.send({})}
      >
        <Lock className="ic s" />
        <span className="txt">Lock now</span>
      </button>
    </div>
  )
}

export function SideBar({ wallet, view }: { readonly wallet: WalletView; readonly view: ViewName }) {
  const miner = useMinerWord()
  const unread = valueIn(useSubscription('alerts.watch'))?.unread ?? 0
  return (
    <nav className="side" aria-label="Main">
      <Brand />
      <a className="who no-underline" href={hrefOf({ view: 'wallets' })} title={wallet.address}>
        <span className="vh">Switch wallet, now </span>
        <Identicon address={wallet.address} />
        <span className="grow">
          <b>{wallet.name}</b>
          <small>{shortAddress(wallet.address)}</small>
        </span>
      </a>
      <ActingChoice wallet={wallet.name} />
      <ul className="nav">
        {VIEWS.filter((entry) => !WITHOUT_ENTRY.has(entry.view)).map((entry) => (
          <li key={entry.view}>
            <a
              href={hrefOf({ view: entry.view } as Parameters<typeof hrefOf>[0])}
              aria-current={entry.view === view ? 'page' : undefined}
              title={entry.title}
            >
              <entry.icon className="ic" />
              <span>{entry.title}</span>
              {entry.view === 'mine' && <small>{miner}</small>}
              {entry.view === 'watch' && unread > 0 && <small>{unread} new</small>}
            </a>
          </li>
        ))}
      </ul>
      <LockState wallet={wallet} />
    </nav>
  )
}

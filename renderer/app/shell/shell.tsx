import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { Plan } from '../../../shared/transactions/transaction.ts'
import { type AppActions, AppActionsContext } from '../../bridge/app-actions.ts'
import { useAddressBook } from '../../bridge/use-address-book.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { SendElsewhereDialog } from '../../features/airgap/send-elsewhere.view.tsx'
import { AlarmView } from '../../features/alarm/alarm.view.tsx'
import { AlarmBar } from '../../features/alarm/alarm-bar.tsx'
import { useAlarm } from '../../features/alarm/use-alarm.ts'
import { ConfirmDialog } from '../../features/signing/confirm.view.tsx'
import { UnlockDialog } from '../../features/wallets/unlock-dialog.tsx'
import { DRAWER_SLOT } from '../../ui/drawer.tsx'
import { KnownAsContext } from '../../ui/known-as-context.ts'
import { type Toast, Toasts } from '../../ui/toasts.tsx'
import { usePracticeMark } from '../use-appearance.ts'
import { useRoute } from '../use-route.ts'
import { ActingMark } from './acting-choice.tsx'
import { AlertTeller } from './alert-teller.tsx'
import { Band } from './band.tsx'
import { ChainTrouble } from './chain-trouble.tsx'
import { KeyMap } from './key-map.tsx'
import { LockAnnouncer } from './lock-announcer.tsx'
import { Screen } from './screen.tsx'
import { SideBar, VIEWS } from './side-bar.tsx'
import { StatusStrip } from './status-strip.tsx'
import { useKeys } from './use-keys.ts'

/** Toasts of what went well leave by themselves; failures stay until they are read. */
const TOAST_MS = 8_000
const MOST_TOASTS = 4

/** Those that stay when one more comes: of what went well only the newest, since they lie over the drawer's buttons. */
function staying(toasts: readonly Toast[]): readonly Toast[] {
  const newest = toasts.findLast(({ kind }) => kind === 'done')
  return toasts.filter((toast) => toast.kind !== 'done' || toast === newest).slice(1 - MOST_TOASTS)
}

function useToasts() {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const nextId = useRef(1)
  const close = useCallback((id: number) => setToasts((now) => now.filter((toast) => toast.id !== id)), [])
  const tell: AppActions['tell'] = useCallback(
    (message) => {
      const id = nextId.current++
      setToasts((now) => [...staying(now), { id, ...message }])
      if (message.kind === 'done') setTimeout(() => close(id), TOAST_MS)
    },
    [close],
  )
  return { toasts, close, tell }
}

type Open =
  | { readonly kind: 'confirm'; readonly plan: Plan; readonly whenSent?: (() => void) | undefined }
  | { readonly kind: 'unlock' }
  | { readonly kind: 'keys' }

export function Shell({ wallet }: { readonly wallet: WalletView }) {
  const route = useRoute()
  const chain = useChain()
  const { toasts, close, tell } = useToasts()
  const [open, setOpen] = useState<Open>()
  const alarm = useAlarm(tell)
  const lock = useCommand('wallet.lock')
  const main = useRef<HTMLElement>(null)
  const title = VIEWS.find((entry) => entry.view === route.view)?.title ?? ''
  usePracticeMark(chain.play, title)
  useKeys({
    lock: useCallback(() => void lock.send({}), [lock.send]),
    showMap: useCallback(() => setOpen({ kind: 'keys' }), []),
  })
  // Asked when a button is pressed, not when it is drawn: an announcement may have come in between.
  const refusalOf = useRef((_plan: Plan): string | undefined => undefined)
  refusalOf.current = (plan) => alarm.refusal(plan)
  const { covers } = alarm
  // The alarm covers everything; a dialog that it opens itself comes later.
  useEffect(() => {
    if (covers) setOpen(undefined)
  }, [covers])
  const actions = useMemo<AppActions>(
    () => ({
      review: (plan, whenSent) => {
        const refusal = refusalOf.current(plan)
        if (refusal === undefined) setOpen({ kind: 'confirm', plan, whenSent })
        else tell({ kind: 'failed', title: 'The chain would refuse this now.', text: refusal })
      },
      unlock: () => setOpen({ kind: 'unlock' }),
      tell,
    }),
    [tell],
  )
  const { entries } = useAddressBook()
  const knownAs = useMemo(() => new Map(entries.map(({ address, name }) => [address as string, name])), [entries])
  const view = route.view
  // A new view begins at its top. The dependency is the trigger.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    main.current?.scrollTo(0, 0)
  }, [view])
  return (
    <AppActionsContext value={actions}>
      <KnownAsContext value={knownAs}>
        <div className="app">
          <button type="button" className="btn skip" onClick={() => main.current?.focus()}>
            Skip to the view
          </button>
          {!covers && <AlarmBar alarm={alarm} />}
          <Band />
          <SideBar wallet={wallet} view={route.view} />
          <div className="work">
            <main className="main" id="main" ref={main} tabIndex={-1}>
              <ChainTrouble />
              <ActingMark wallet={wallet.name} />
              <Screen route={route} />
            </main>
            <div id={DRAWER_SLOT} />
          </div>
          <StatusStrip />
          <LockAnnouncer />
          <AlertTeller />
        </div>
        {covers && <AlarmView alarm={alarm} review={actions.review} tell={tell} />}
        {open?.kind === 'confirm' && wallet.watchOnly && (
          <SendElsewhereDialog
            key={open.plan.atBlock}
            plan={open.plan}
            wallet={wallet}
            onSent={open.whenSent}
            onClose={() => setOpen(undefined)}
          />
        )}
        {open?.kind === 'confirm' && !wallet.watchOnly && (
          <ConfirmDialog
            key={open.plan.atBlock}
            plan={open.plan}
            wallet={wallet}
            onSent={open.whenSent}
            onClose={() => setOpen(undefined)}
          />
        )}
        {open?.kind === 'unlock' && <UnlockDialog wallet={wallet} onClose={() => setOpen(undefined)} />}
        {open?.kind === 'keys' && <KeyMap onClose={() => setOpen(undefined)} />}
        <Toasts toasts={toasts} onClose={close} />
      </KnownAsContext>
    </AppActionsContext>
  )
}

import { valueIn } from '../../bridge/loadable.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Progress } from '../../ui/progress.tsx'

/** They open a file and seal another one: the measure runs twice. */
const TWO_STEPS: ReadonlySet<string> = new Set(['convert', 'change-password', 'import-polkadot', 'nacl-coldkey'])
const SEALS: ReadonlySet<string> = new Set([
  'create',
  'import-words',
  'import-secret',
  'create-hotkey',
  'import-hotkey',
])

/** How far the stretching of a password is; `busy`: it was begun by the form around it. */
export function KeyWork({ busy }: { readonly busy: boolean }) {
  const works = valueIn(useSubscription('wallet.work')) ?? []
  const work = works.find(({ state }) => state === 'working') ?? works[0]
  if (!busy || !work) return null
  const label = SEALS.has(work.kind) ? 'Encrypting the key file' : 'Computing the key from the password'
  if (work.state === 'waiting') return <Progress label="Waiting for another key file to be done" fraction={undefined} />
  return (
    <Progress
      label={label}
      fraction={work.progress}
      note={
        <>
          {Math.trunc(work.progress * 100)} %{TWO_STEPS.has(work.kind) && ', runs twice: to open and to seal'}
        </>
      }
    />
  )
}

import type { NetworkStatus } from '../../shared/contract/app.contract.ts'

const NAMES = {
  practice: 'the practice network',
  finney: 'Finney',
  test: 'the test network',
  local: 'the local network',
  custom: 'your own endpoint',
} as const

/** Said as long as the choice has not connected: it is not what the next start opens. */
export function NextStart({ status }: { readonly status: NetworkStatus | undefined }) {
  const next = status?.nextStart
  if (!next) return null
  return (
    <p className="small soft break">
      This network has not connected yet, so it is not remembered. The next start opens {NAMES[next.kind]}
      {next.endpoint && `, ${next.endpoint}`}.
    </p>
  )
}

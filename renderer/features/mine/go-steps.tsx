import type { GoView } from '../../../shared/contract/one-click.contract.ts'
import type { GoStep } from '../../../shared/mining/one-click.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { type Step, Steps } from '../../ui/steps.tsx'

export const GO_STEP_NAME: Readonly<Record<GoStep, string>> = {
  choose: 'Choose',
  check: 'Check',
  download: 'Download',
  benchmark: 'Benchmark',
  confirm: 'Confirm',
  register: 'Register',
  serve: 'Serve',
  mine: 'Mine',
}
/** Before anything was begun. */
const TO_COME: Readonly<Partial<Record<GoStep, string>>> = {
  confirm: 'nothing is spent before',
  register: 'spends money',
  serve: 'announces your address',
}
const STATE = {
  waiting: 'waiting',
  running: 'now',
  asking: 'now',
  stopped: 'now',
  done: 'done',
  skipped: 'done',
  failed: 'failed',
} as const
const SAID = { asking: 'your turn', stopped: 'stopped', failed: 'failed' } as const

/** A gate stands before the step that spends, as long as it has not been passed. */
export function GoStepsRow({ view }: { readonly view: GoView }) {
  const steps = view.steps.map((one): Step => {
    const said = one.state in SAID ? SAID[one.state as keyof typeof SAID] : undefined
    const share = one.fraction === undefined ? '' : ` ${Math.trunc(one.fraction * 100)} %`
    const value = said ?? (one.value === undefined ? TO_COME[one.step] : `${cleanName(one.value)}${share}`)
    const gate = one.step === 'register' && one.state !== 'done' && one.state !== 'skipped'
    return { key: one.step, name: GO_STEP_NAME[one.step], note: value, state: STATE[one.state], gate }
  })
  return (
    <div className="pad rule-after steps-pad">
      <Steps label="Steps to mining" steps={steps} />
    </div>
  )
}

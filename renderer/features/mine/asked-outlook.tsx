import { outlookAt } from '../../../shared/registration/outlook.ts'
import type { RegisterPlan } from '../../../shared/registration/plan-register.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { ErrorNote } from '../../ui/note.tsx'
import { PlaceCourseChart } from '../../ui/place-course.tsx'
import { PlaceOutlook } from '../../ui/place-outlook.tsx'
import { Loading } from '../../ui/states.tsx'

/** The pay of an epoch does not change within it; the price does, a little with each block. Unit: ms. */
const EVERY_MS = 60_000
/** Of 12 s blocks. */
const DAY_BLOCKS = 7_200

/** Asked once the price of a place is known: five requests, and so no more often than each minute. */
export function AskedOutlook({ plan }: { readonly plan: RegisterPlan }) {
  // Another subnet is another question; the price that falls with each block is not.
  return <Asked key={plan.request.netuid} plan={plan} />
}

function Asked({ plan }: { readonly plan: RegisterPlan }) {
  const { blockMs } = useChain()
  const { netuid } = plan.request
  const options = { freshForMs: EVERY_MS, everyMs: EVERY_MS }
  const outlook = useQuestion('registration.outlook', { netuid }, options)
  // Of the same block, and so without a request of its own.
  const course = useQuestion('registration.course', { netuid, span: DAY_BLOCKS }, options)
  if (outlook.state === 'loading') return <Loading awaits="what places there bring" rows={3} />
  if (outlook.state === 'failed') return <ErrorNote error={outlook.error} />
  if (outlook.state !== 'ready') return null
  return (
    <div className="grid gap-4">
      {/* What the place costs by the plan that is shown beside it, whatever the room for a rise is by now. */}
      <PlaceOutlook outlook={outlookAt(outlook.value, plan.mostCost)} blockMs={blockMs} />
      {course.state === 'ready' && <PlaceCourseChart course={course.value} span={DAY_BLOCKS} blockMs={blockMs} />}
      {course.state === 'failed' && <ErrorNote error={course.error} />}
    </div>
  )
}

import type { PlaceCourse } from '../../shared/contract/registration.contract.ts'
import { plainAmount } from '../../shared/words/plain-text.ts'
import { paceSentence } from '../../shared/words/watch-words.ts'
import { writeDuration } from '../format/time.ts'
import { Amount, TAO, Unknown } from './amount.tsx'
import { courseShape } from './course-shape.ts'

export interface PlaceCourseProps {
  readonly course: PlaceCourse
  /** Blocks of the past that are shown. */
  readonly span: number
  readonly blockMs: number
}

/** What a place cost, as recorded here, and what it will cost if nobody registers. */
export function PlaceCourseChart({ course, span, blockMs }: PlaceCourseProps) {
  const shape = courseShape(course, span)
  const last = course.projected.at(-1)
  const ahead = last ? last.block - course.block : 0
  return (
    <section className="grid gap-2" aria-label="Price of a place">
      <h3>What a place costs over time</h3>
      <div className="live-chart">
        <div
          className="well chart chart-box"
          role="img"
          aria-label={`Price of a place on subnet ${course.netuid}: ${plainAmount(course.price)} TAO now, between ${plainAmount(shape.lowest)} and ${plainAmount(shape.highest)} in what is shown, falling to ${last ? plainAmount(last.price) : 'an unknown price'} if nobody registers.`}
        >
          {shape.gaps.map((gap) => (
            <i
              key={gap.from}
              className="gapz"
              style={{ insetInlineStart: `${gap.from}%`, inlineSize: `${gap.width}%` }}
            />
          ))}
          <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
            <line className="grid" x1={shape.now * 10} x2={shape.now * 10} y1="0" y2="100" />
            {shape.lines.map((points) => (
              <polyline key={points} className="ln q" points={points} />
            ))}
            <polyline className="ln p" strokeDasharray="4 3" points={shape.projected} />
          </svg>
        </div>
        <div className="axis" aria-hidden="true">
          <span>{plainAmount(shape.highest).slice(0, 7)}</span>
          <span>0</span>
        </div>
      </div>
      <div className="row mute tick">
        <span>{writeDuration(span * blockMs)} ago</span>
        <span className="end">in {writeDuration(ahead * blockMs)}</span>
      </div>
      <p className="soft small">
        {course.lines.some((line) => line.length > 1)
          ? 'Recorded while this app ran; hatched where it did not. Each rise is a registration. '
          : 'Nothing is recorded yet: it is while this app runs. '}
        Dashed: if nobody registers, by the chain’s own rule. {paceSentence(course.pace, blockMs)}
      </p>
      <CourseTable course={course} blockMs={blockMs} />
    </section>
  )
}

/** The same as numbers. */
function CourseTable({ course, blockMs }: Omit<PlaceCourseProps, 'span'>) {
  const { days, projected, block } = course
  const steps = projected.filter((_, index) => index % 6 === 0)
  return (
    <details>
      <summary className="small">As table</summary>
      <table className="tbl">
        <caption className="vh">Price of a place if nobody registers</caption>
        <thead>
          <tr>
            <th scope="col">If nobody registers</th>
            <th scope="col" className="r">
              A place costs
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map((point) => (
            <tr key={point.block}>
              <td>{point.block === block ? 'now' : `in ${writeDuration((point.block - block) * blockMs)}`}</td>
              <td className="r">
                <Amount value={point.price} unit={TAO} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="tbl">
        <caption className="vh">Registrations in each day of 7,200 blocks</caption>
        <thead>
          <tr>
            <th scope="col">7 200 blocks up to</th>
            <th scope="col" className="r">
              Watched
            </th>
            <th scope="col" className="r">
              Registrations
            </th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.toBlock} className={day.watched === 0 ? 'gap' : undefined}>
              <td className="nu">block {day.toBlock}</td>
              <td className="r nu">{day.watched} blocks</td>
              <td className="r nu">{day.watched === 0 ? <Unknown why="The app did not run" /> : day.registrations}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

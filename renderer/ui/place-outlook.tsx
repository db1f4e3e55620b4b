import type { GroupOutlook, Outlook } from '../../shared/registration/outlook.ts'
import { GROUP_WORDS, outlookSentence, paidSentence, survivalSentence } from '../../shared/words/outlook-words.ts'
import { writeDuration } from '../format/time.ts'
import { Amount, alphaOf, TAO } from './amount.tsx'

export interface PlaceOutlookProps {
  readonly outlook: Outlook
  readonly blockMs: number
}

const UNSOLD = 'the chain could not say what a sale would bring'

function backWords({ earnsBackBlocks, taoPerDay }: GroupOutlook, blockMs: number): string {
  if (earnsBackBlocks !== undefined) return `earned back in ${writeDuration(earnsBackBlocks * blockMs)}`
  return taoPerDay === undefined ? 'earned back in an unknown time' : 'never earned back'
}

function keptWords({ survival }: GroupOutlook, blockMs: number): string {
  if (!survival) return 'kept for an unknown time'
  const least = writeDuration(survival.leastBlocks * blockMs)
  const most = survival.mostBlocks
  return most === undefined
    ? `likely kept for ${least} or longer`
    : `likely kept for ${least} to ${writeDuration(most * blockMs)}`
}

function GroupRow({ group, outlook, blockMs }: PlaceOutlookProps & { readonly group: GroupOutlook }) {
  const { who, alphaPerEpoch, taoPerDay } = group
  return (
    <div>
      <dl className="kv">
        <dt>Paid {GROUP_WORDS[who]}</dt>
        <dd>
          <Amount value={taoPerDay} unit={TAO} why={UNSOLD} />
        </dd>
      </dl>
      <p className="soft small">
        <Amount value={alphaPerEpoch} unit={alphaOf(outlook.netuid)} showUnit={false} /> alpha an epoch
        {outlook.epochs > 1 ? `, over the last ${outlook.epochs} epochs` : ', at the last one'};{' '}
        {backWords(group, blockMs)}; {keptWords(group, blockMs)}.
      </p>
    </div>
  )
}

/** What those who have a place got, what that means for its price, and how long it is likely kept. It promises nothing. */
export function PlaceOutlook({ outlook, blockMs }: PlaceOutlookProps) {
  const { groups, distribution, projected, price } = outlook
  const last = projected.at(-1)
  return (
    <section className="grid gap-2" aria-label="What a place brings">
      <h3>What a place brings to those who have one</h3>
      <p>
        {paidSentence(outlook)} {outlookSentence(outlook)}
      </p>
      {groups.length > 0 && distribution?.best !== 0n && (
        <>
          <p className="soft small">What 7 200 blocks brought, about a day of 12 s blocks, if it were sold now:</p>
          {groups.map((group) => (
            <GroupRow key={group.who} group={group} outlook={outlook} blockMs={blockMs} />
          ))}
        </>
      )}
      <p className="soft small">{survivalSentence(outlook)}</p>
      {last && last.price < price && (
        <p className="soft small">
          If nobody registers, a place costs <Amount value={last.price} unit={TAO} /> in about{' '}
          {writeDuration((last.block - outlook.block) * blockMs)}; each registration makes it dearer again.
        </p>
      )}
      <p className="soft small">
        {outlook.epochs > 1 ? 'A few epochs say' : 'One epoch says'} little, and a newcomer begins without any pay:
        validators decide. Nothing here is a promise.
      </p>
    </section>
  )
}

import type { Finding, RecipientReport } from '../../shared/addresses/judge-recipient.ts'
import { likeness } from '../../shared/addresses/look-alike.ts'
import { assertNever } from '../../shared/result.ts'
import { addressGroups } from '../format/address.ts'
import { cleanName } from '../format/hostile-text.ts'
import { Chip } from './chip.tsx'
import { GroupedAddress } from './grouped-address.tsx'
import { Note } from './note.tsx'

type Of<K extends Finding['kind']> = Extract<Finding, { readonly kind: K }>

const HOW: Readonly<Record<Of<'look-alike'>['how'], string>> = {
  book: 'in your address book',
  'own-coldkey': 'your own wallet',
  'own-hotkey': 'your own hotkey',
  'sent-to': 'you paid it before',
  'received-from': 'it paid you before',
  validator: 'a validator',
}

/** The two addresses under each other, with the groups that differ marked in both. */
function LookAlike({ address, finding, narrow }: WordsProps<Of<'look-alike'>>) {
  const [mine, other] = [addressGroups(address), addressGroups(finding.of)]
  const equal = mine.filter((group, index) => group === other[index]).length
  const { first, last } = likeness(address, finding.of)
  const name = cleanName(finding.name)
  return (
    <Note kind="bad" title="This address imitates one that you know. It is a different account.">
      <dl className={narrow ? 'alike one' : 'alike'}>
        <dt>
          <b className="strong">You are sending to</b>
        </dt>
        <dd>
          <GroupedAddress address={address} comparedWith={finding.of} twoLines={narrow} />
        </dd>
        <dt>
          <b className="strong">You know</b>
          <span className="block small">
            {name !== '' && (
              <>
                <bdi>{name}</bdi>,{' '}
              </>
            )}
            {HOW[finding.how]}
          </span>
        </dt>
        <dd>
          <GroupedAddress address={finding.of} comparedWith={address} isKnown twoLines={narrow} />
        </dd>
      </dl>
      <p>
        {first} characters are equal at the start and {last} at the end, which is where people look. {12 - equal} of 12
        groups differ. If the address came from your own history, it may have been put there to be copied.
      </p>
    </Note>
  )
}

interface WordsProps<F extends Finding> {
  readonly address: string
  readonly finding: F
  readonly narrow: boolean
}

function Words({ address, finding, narrow }: WordsProps<Finding>) {
  switch (finding.kind) {
    case 'itself':
      return (
        <Note kind="warn" title="This is the account that pays.">
          <p>Sending TAO to itself only costs the fee.</p>
        </Note>
      )
    case 'look-alike':
      return <LookAlike address={address} finding={finding} narrow={narrow} />
    case 'dust-sender':
      return (
        <Note kind="bad" title="This address sent you a tiny amount, to be copied by mistake.">
          <p>Its ends imitate an address that you know. Such transfers are bait.</p>
        </Note>
      )
    case 'own-hotkey':
      return (
        <Note kind="warn" title={`This is your own hotkey, ${finding.name}.`}>
          <p>
            A hotkey holds no TAO for you: stake and earnings belong to the coldkey. TAO that is sent here can only be
            moved with the key of the hotkey, which this app never uses for that. To put TAO to work with it, stake.
          </p>
        </Note>
      )
    case 'validator':
      return (
        <Note
          kind="warn"
          title={`This is the hotkey of a validator${cleanName(finding.name) ? `, ${cleanName(finding.name)}` : ''}.`}
        >
          <p>Sending is not staking: the TAO would belong to whoever holds the key of this hotkey. To earn, stake.</p>
        </Note>
      )
    case 'own-coldkey':
      return (
        <p>
          <Chip kind="good">
            your own wallet <bdi>{finding.name}</bdi>
          </Chip>
        </p>
      )
    case 'first-time':
      return (
        <p>
          <Chip kind="warn">first time</Chip>{' '}
          <span className="soft small">
            You never paid this address from this wallet, as far as the records of this app and the blocks that it saw
            go. Compare all twelve groups with a source that you trust.
          </span>
        </p>
      )
    default:
      return assertNever(finding)
  }
}

export interface RecipientFindingsProps {
  readonly report: RecipientReport
  /** In a drawer: addresses stand in two lines. */
  readonly narrow?: boolean
}

/** What there is to know about a recipient, the gravest first. Nothing where there is nothing. */
export function RecipientFindings({ report, narrow = false }: RecipientFindingsProps) {
  if (report.findings.length === 0) return null
  return (
    <div className="grid gap-2" aria-live="polite">
      {report.findings.map((finding) => (
        <Words key={finding.kind} address={report.address} finding={finding} narrow={narrow} />
      ))}
    </div>
  )
}

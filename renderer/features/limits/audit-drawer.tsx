import { Fragment } from 'react'
import type { AuditEntry } from '../../../shared/signing/audit.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { forWhom, whatOf } from './audit-words.ts'

const exactly = (atMs: number): string => new Date(atMs).toISOString().replace('T', ' ')

/** A line of the log as it is kept, nothing left out. */
export function AuditDrawer({ entry, onClose }: { readonly entry: AuditEntry; readonly onClose: () => void }) {
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['Decision', entry.code === undefined ? entry.decision : `${entry.decision}, ${entry.code}`],
    ['Time, UTC', exactly(entry.atMs)],
    ['Hotkey', entry.hotkey],
    ['Network', entry.network],
    ['Genesis', entry.genesis],
    ['Agreed to', entry.intent],
    ['Note', entry.note],
    ['Hash of the call', entry.callHash],
    ['Hash of the bytes', entry.payloadHash],
    ['Line before', entry.prev],
    ['This line', entry.hash],
  ]
  return (
    <Drawer title={`Line ${entry.seq}: ${whatOf(entry)}`} onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
      <section tabIndex={0} aria-label="All that the line says">
        <dl className="grid gap-2">
          {entry.signer && (
            <>
              <dt className="mute">Key</dt>
              <dd>
                <GroupedAddress address={entry.signer} twoLines />
              </dd>
            </>
          )}
          {forWhom(entry).map((address) => (
            <Fragment key={address}>
              <dt className="mute">For whom</dt>
              <dd>
                <GroupedAddress address={address} twoLines />
              </dd>
            </Fragment>
          ))}
          {entry.tao !== undefined && (
            <>
              <dt className="mute">Counts against the limits</dt>
              <dd>
                <Amount value={entry.tao} unit={TAO} />
              </dd>
            </>
          )}
          {lines.map(
            ([name, text]) =>
              text !== undefined && (
                <Fragment key={name}>
                  <dt className="mute">{name}</dt>
                  <dd className="mono small break">{text}</dd>
                </Fragment>
              ),
          )}
        </dl>
      </section>
    </Drawer>
  )
}

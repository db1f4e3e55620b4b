import { useState } from 'react'
import type { ExportKind } from '../../../shared/ledger/export-lines.ts'
import type { LotMethod } from '../../../shared/ledger/lots.ts'
import type { Ss58 } from '../../../shared/units/amounts.ts'
import { writeBytes } from '../../../shared/words/plain-text.ts'
import type { Output } from '../../bridge/client.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Num } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Segments } from '../../ui/segments.tsx'

const WHAT: readonly { readonly value: ExportKind; readonly text: string; readonly says: string }[] = [
  { value: 'transactions', text: 'Transactions', says: 'Every line of the history.' },
  { value: 'rewards', text: 'Rewards', says: 'Income of each epoch at its price.' },
  { value: 'lots', text: 'Lots', says: 'What is held and what left, each with its cost and gain.' },
  { value: 'years', text: 'Years', says: 'One line per wallet and calendar year.' },
]
const METHODS: readonly { readonly value: LotMethod; readonly text: string; readonly says: string }[] = [
  { value: 'fifo', text: 'Oldest first', says: 'A sale takes the lots that were acquired first (FIFO).' },
  { value: 'hifo', text: 'Dearest first', says: 'A sale takes the lots that cost most per alpha (HIFO).' },
  { value: 'average', text: 'Average', says: 'All lots of a position cost the same per alpha.' },
]
const usesLots = (what: ExportKind): boolean => what === 'lots' || what === 'years'

function yearIn(text: string): { readonly year?: number } | undefined {
  if (text.trim() === '') return {}
  const year = /^\d{4}$/.test(text.trim()) ? Number(text) : 0
  return year >= 2021 && year <= 2200 ? { year } : undefined
}

/** Files for a spreadsheet or a tax adviser. */
export function ExportPanel({ account }: { readonly account: Ss58 | undefined }) {
  const [what, setWhat] = useState<ExportKind>('transactions')
  const [method, setMethod] = useState<LotMethod>('fifo')
  const [yearText, setYearText] = useState('')
  const [done, setDone] = useState<Output<'ledger.export'>>()
  const write = useCommand('ledger.export')
  const year = yearIn(yearText)
  const send = async () => {
    setDone(undefined)
    const answer = await write.send({ what, method, ...year, ...(account === undefined ? {} : { account }) })
    if (answer.ok) setDone(answer.value)
  }
  return (
    <section className="pad rule grid gap-3" aria-label="Files for taxes">
      <h2>Files for a spreadsheet</h2>
      <Segments label="What the file holds" value={what} choices={WHAT} onPick={setWhat} />
      <p className="soft">{WHAT.find((one) => one.value === what)?.says}</p>
      {usesLots(what) && (
        <>
          <Segments label="Which lots a sale takes" value={method} choices={METHODS} onPick={setMethod} />
          <p className="soft">{METHODS.find((one) => one.value === method)?.says}</p>
        </>
      )}
      <div className="max-w-60">
        <Field
          label="Calendar year (UTC)"
          hint="Empty: everything."
          value={yearText}
          onType={setYearText}
          inputMode="numeric"
          wrong={year ? undefined : 'Not a year. Write it as 2026.'}
        />
      </div>
      <div>
        <Button
          kind="main"
          onPress={() => void send()}
          offBecause={year ? undefined : 'Correct the year first.'}
          busyWith={write.busy ? 'Writing the file' : undefined}
        >
          Write the CSV file
        </Button>
      </div>
      <div aria-live="polite">
        {done && (
          <Note title="The file is written.">
            <p className="break">
              <Num value={done.lines} /> lines, {writeBytes(done.bytes)}: <span className="mono">{done.path}</span>
            </p>
          </Note>
        )}
      </div>
      {write.error && <ErrorNote error={write.error} />}
      <p className="mute small">
        Amounts are in TAO. What is not known is written as the word “unknown”, never as 0. This is a record, not tax
        advice: which method counts where you live is for you or your adviser to say.
      </p>
    </section>
  )
}

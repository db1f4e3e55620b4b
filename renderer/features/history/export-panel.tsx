import { useState } from 'react'
import type { ExportKind } from '../../../shared/ledger/export-lines.ts'
import { LOT_METHODS, type LotMethod } from '../../../shared/ledger/lots.ts'
import type { Ss58 } from '../../../shared/units/amounts.ts'
import type { Output } from '../../bridge/client.ts'
import { fetchFile } from '../../bridge/fetch-file.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useLotMethod } from '../../bridge/use-lot-method.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { METHOD_WORDS } from '../../format/lot-words.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Segments } from '../../ui/segments.tsx'
import { WrittenFile } from '../../ui/written-file.tsx'

const WHAT: readonly { readonly value: ExportKind; readonly text: string; readonly says: string }[] = [
  { value: 'transactions', text: 'Transactions', says: 'Every line of the history.' },
  { value: 'rewards', text: 'Rewards', says: 'Income of each epoch at its price.' },
  { value: 'lots', text: 'Lots', says: 'What is held and what left, each with its cost and gain.' },
  { value: 'years', text: 'Years', says: 'One line per wallet and calendar year.' },
]
const METHODS = LOT_METHODS.map((value) => ({ value, text: METHOD_WORDS[value].name }))
const usesLots = (what: ExportKind): boolean => what === 'lots' || what === 'years'

function yearIn(text: string): { readonly year?: number } | undefined {
  if (text.trim() === '') return {}
  const year = /^\d{4}$/.test(text.trim()) ? Number(text) : 0
  return year >= 2021 && year <= 2200 ? { year } : undefined
}

/** Files for a spreadsheet or a tax adviser. */
export function ExportPanel({ account }: { readonly account: Ss58 | undefined }) {
  const [what, setWhat] = useState<ExportKind>('transactions')
  const chosen = useLotMethod() ?? 'fifo'
  const [other, setMethod] = useState<LotMethod>()
  const method = other ?? chosen
  const [yearText, setYearText] = useState('')
  const [done, setDone] = useState<'fetching' | Output<'ledger.export'>>()
  const write = useCommand('ledger.export')
  const offer = useCommand('ledger.offerDownload')
  const info = useQuestion('app.info', {}, { freshForMs: Number.POSITIVE_INFINITY })
  const isBrowser = info.state === 'ready' && info.value.host === 'headless'
  const year = yearIn(yearText)
  const ask = { what, method, ...year, ...(account === undefined ? {} : { account }) }
  const send = async () => {
    setDone(undefined)
    offer.clear()
    const answer = await write.send(ask)
    if (answer.ok) setDone(answer.value)
  }
  const download = async () => {
    setDone(undefined)
    write.clear()
    const answer = await offer.send(ask)
    if (!answer.ok) return
    fetchFile(answer.value.address)
    setDone('fetching')
  }
  const offBecause = year ? undefined : 'Correct the year first.'
  return (
    <section className="pad rule grid gap-3" aria-label="Files for taxes">
      <h2>Files for a spreadsheet</h2>
      <Segments label="What the file holds" value={what} choices={WHAT} onPick={setWhat} />
      <p className="soft">{WHAT.find((one) => one.value === what)?.says}</p>
      {usesLots(what) && (
        <>
          <Segments label="Which lots a sale takes" value={method} choices={METHODS} onPick={setMethod} />
          <p className="soft">
            {METHOD_WORDS[method].says}{' '}
            {method === chosen
              ? 'The portfolio counts so, too.'
              : `For this file alone: the settings say ${METHOD_WORDS[chosen].name.toLowerCase()}.`}
          </p>
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
      <div className="row wrap">
        {isBrowser && (
          <Button
            kind="main"
            onPress={() => void download()}
            offBecause={offBecause}
            busyWith={offer.busy ? 'Asking for the file' : undefined}
          >
            Download the CSV file
          </Button>
        )}
        <Button
          {...(isBrowser ? {} : { kind: 'main' as const })}
          onPress={() => void send()}
          offBecause={offBecause}
          busyWith={write.busy ? 'Writing the file' : undefined}
        >
          Write it into the data folder
        </Button>
      </div>
      <WrittenFile
        done={done}
        while="It is written while it is read from the ledger. A long history takes some seconds."
      />
      {write.error && <ErrorNote error={write.error} />}
      {offer.error && <ErrorNote error={offer.error} />}
      <p className="mute small">
        Amounts are in TAO. What is not known is written as the word “unknown”, never as 0. This is a record, not tax
        advice: which method counts where you live is for you or your adviser to say.
      </p>
    </section>
  )
}

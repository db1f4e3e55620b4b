import { useState } from 'react'
import type { GoView } from '../../../shared/contract/one-click.contract.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { Button } from '../../ui/button.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Progress } from '../../ui/progress.tsx'
import { UnlockHotkey } from '../../ui/unlock-hotkey.tsx'
import { AcceptLicence } from './accept-licence.tsx'
import { ConfirmPanel } from './confirm-panel.tsx'
import { GO_STEP_NAME, GoStepsRow } from './go-steps.tsx'
import { Reasons } from './reasons.tsx'

const DOING = {
  choose: 'Choosing',
  check: 'Checking this computer, the way in and the subnet',
  download: 'Downloading the model',
  benchmark: 'Measuring how fast the model is here',
  confirm: 'Waiting for you',
  register: 'Registering',
  serve: 'Opening the server and announcing its address',
  mine: 'Mining',
} as const

const TITLE = {
  idle: 'Mine',
  running: 'Getting ready',
  asking: 'Confirm',
  stopped: 'Stopped',
  failed: 'Failed',
  mining: 'Mining',
}

/** Between the press and mining: how far it is, what was found, and what a person has to say to it. */
export function GoingView({ view }: { readonly view: GoView }) {
  const cancel = useCommand('oneClick.cancel')
  const { choice, phase } = view
  const going = phase === 'running' || phase === 'asking'
  return (
    <>
      <Head
        title={TITLE[phase]}
        age={
          <span className="age clip">
            {choice && (
              <>
                {choice.netuid} <bdi>{cleanName(choice.subnetName)}</bdi> with{' '}
                {cleanName(choice.modelName ?? choice.adapterTitle)}
              </>
            )}
          </span>
        }
      >
        {going && (
          <Button busyWith={cancel.busy ? 'Stopping' : undefined} onPress={() => void cancel.send({})}>
            Cancel
          </Button>
        )}
      </Head>
      <GoStepsRow view={view} />
      <div className="mine-two">
        <div className="pad grid content-start gap-4">
          <Now view={view} />
          {view.facts.length > 0 && (
            <section className="grid gap-2" aria-label="What was found">
              <h2>What was found</h2>
              <Reasons label="Findings" reasons={view.facts} />
            </section>
          )}
        </div>
        <div className="pad vrule grid content-start gap-4">
          {phase === 'asking' && choice ? <ConfirmPanel view={view} choice={choice} /> : <WhatIsSpent view={view} />}
        </div>
      </div>
    </>
  )
}

function Now({ view }: { readonly view: GoView }) {
  const { phase, step, error, fraction, note } = view
  if (phase === 'failed' || phase === 'stopped') return <Ended view={view} />
  return (
    <section className="grid gap-3" aria-label="Now" aria-live="polite">
      {phase === 'asking' ? (
        <h2>All is ready. One thing is left: what it costs.</h2>
      ) : (
        <>
          <h2>{DOING[step]}</h2>
          <Progress label={GO_STEP_NAME[step]} note={note} fraction={fraction} />
        </>
      )}
      {error && <ErrorNote error={error} />}
    </section>
  )
}

/** It stands still: nothing is lost by that, and it says why. */
function Ended({ view }: { readonly view: GoView }) {
  const { phase, step, error, stoppedBy, sent, choice } = view
  const [accepts, setAccepts] = useState(false)
  const resume = useCommand('oneClick.resume')
  const dismiss = useCommand('oneClick.dismiss')
  const name = GO_STEP_NAME[step]
  // Accepted before, it may not have been noted: the app ended before the download began.
  const asked = phase === 'failed' && error?.code === 'model/licence-not-accepted' ? error : undefined
  const licence = asked?.licence
  return (
    <section className="grid gap-3" aria-label="Now">
      {phase === 'stopped' && (
        <Note
          title={
            stoppedBy === 'restart' ? `The app ended while this was at “${name}”.` : `You stopped this at “${name}”.`
          }
        >
          <p>
            {step === 'download' && 'The part that was downloaded stays. '}
            {sent === undefined
              ? 'Nothing goes on by itself. What is ready stays ready, and the rest is checked again.'
              : 'The registration was sent before that. It is followed, and no other one is sent.'}
          </p>
        </Note>
      )}
      {phase === 'failed' && error && <ErrorNote error={error} />}
      {phase === 'failed' && sent !== undefined && (
        <Note title="The registration was sent, and its end is not known yet.">
          <p>Go on to look for it. No other one is sent before that.</p>
        </Note>
      )}
      {(resume.error ?? dismiss.error) && (
        <ErrorNote error={resume.error ?? dismiss.error ?? { code: 'contract/cancelled' }} />
      )}
      {phase === 'failed' && error?.code === 'keys/hotkey-locked' && (
        <UnlockHotkey hotkey={error.name} onDone={() => void resume.send({})} />
      )}
      {asked && (
        <AcceptLicence
          licence={asked.licence}
          model={choice?.modelName ?? asked.id}
          accepts={accepts}
          onChange={setAccepts}
        />
      )}
      <div className="rowline">
        <Button
          kind="main"
          large
          busyWith={resume.busy ? 'Going on' : undefined}
          offBecause={licence !== undefined && !accepts ? 'Accept the licence of the model first.' : undefined}
          onPress={() => void resume.send(licence === undefined ? {} : { acceptLicence: licence })}
        >
          {phase === 'failed' ? 'Try again from here' : 'Go on'}
        </Button>
        {sent === undefined && <Button onPress={() => void dismiss.send({})}>Leave it, and choose anew</Button>}
      </div>
    </section>
  )
}

/** Beside every step: whether money has been spent yet. */
function WhatIsSpent({ view }: { readonly view: GoView }) {
  const { marks, uid, sent } = view
  const title =
    marks.register?.state === 'done'
      ? 'The place was paid for.'
      : sent !== undefined
        ? 'The registration is on its way.'
        : 'Nothing is spent so far.'
  return (
    <Note title={title}>
      <p>
        {marks.register?.state === 'done'
          ? `It is uid ${uid ?? 'unknown'}. Nothing more is spent: serving and mining cost no fee.`
          : sent !== undefined
            ? 'What becomes of it shows here.'
            : 'You are asked before the place is paid for. You can stop at any time.'}
      </p>
    </Note>
  )
}

import { useState } from 'react'
import type { LicenceView, ModelView } from '../../shared/contract/models.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { asksBeforeRemoval } from '../../shared/models/removal.ts'
import type { Loadable } from './loadable.ts'
import { useCommand } from './use-command.ts'
import { useQuestion } from './use-question.ts'

export interface ModelActions {
  /** Begins or goes on; asks for the licence first where it was not accepted. */
  readonly download: () => void
  readonly pause: () => void
  /** Asks first where the file is large. */
  readonly remove: () => void
  /** It is being asked whether the file shall go. */
  readonly removing: boolean
  readonly removeSurely: () => void
  readonly keep: () => void
  readonly move: (folder: string) => Promise<boolean>
  readonly moving: boolean
  readonly error: AppError | undefined
  /** The licence that is being asked for. */
  readonly asked: Loadable<LicenceView> | undefined
  readonly accept: (licence: string) => void
  readonly decline: () => void
}

/** What a person can do with one model, wherever it is shown. */
export function useModelActions(model: ModelView): ModelActions {
  const { id, origin, licenceAcceptedMs } = model
  const download = useCommand('models.download')
  const cancel = useCommand('models.cancel')
  const remove = useCommand('models.remove')
  const move = useCommand('models.move')
  const [asks, setAsks] = useState(false)
  const [removing, setRemoving] = useState(false)
  const licence = useQuestion('models.licence', asks ? { id } : undefined)
  return {
    download: () => {
      if (origin === 'catalogue' && licenceAcceptedMs === undefined) setAsks(true)
      else void download.send({ id })
    },
    pause: () => void cancel.send({ id }),
    remove: () => {
      if (asksBeforeRemoval(model)) setRemoving(true)
      else void remove.send({ id })
    },
    removing,
    removeSurely: () => {
      setRemoving(false)
      void remove.send({ id, understood: true })
    },
    keep: () => setRemoving(false),
    move: async (folder) => (await move.send({ id, folder })).ok,
    moving: move.busy,
    error: [download.error, cancel.error, remove.error, move.error].find(
      (error) => error !== undefined && error.code !== 'contract/cancelled',
    ),
    asked: asks && licence.state !== 'idle' ? licence : undefined,
    accept: (acceptLicence) => {
      setAsks(false)
      void download.send({ id, acceptLicence })
    },
    decline: () => setAsks(false),
  }
}

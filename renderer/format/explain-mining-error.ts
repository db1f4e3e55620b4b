import { shortAddress } from './address.ts'
import type { ErrorOf } from './explain-error.ts'
import { writeBytes } from './time.ts'
import { type ErrorWords, words } from './words.ts'

const WORKER = { llm: 'The model process', axon: 'The server process' } as const

function explainMiner(error: ErrorOf<'mining'>): ErrorWords {
  switch (error.code) {
    case 'mining/not-registered':
      return words(
        'This hotkey has no place there.',
        `${shortAddress(error.hotkey)} holds no uid on netuid ${error.netuid}.`,
        'Register it first.',
      )
    case 'mining/already-running':
      return words('The miner runs already.', 'One miner runs at a time.', 'Stop it first.')
    case 'mining/not-running':
      return words('The miner does not run.', 'There is nothing to stop.', 'Nothing has to be done.')
    case 'mining/no-adapter':
      return words(
        'The app cannot mine this subnet.',
        `It does not know the protocol of netuid ${error.netuid}.`,
        'Choose a subnet of the list.',
      )
    case 'mining/port-taken':
      return words(
        'The port is taken.',
        `Another program listens on port ${error.port}.`,
        'Choose another port, or stop that program.',
      )
    case 'mining/bad-address':
      return words(
        'This address cannot be announced.',
        `${error.address || 'No address was given'}: ${error.reason}.`,
        'Enter the public IP address of this computer.',
      )
    case 'mining/serve-too-soon':
      return words(
        'The address was announced a moment ago.',
        `The chain takes the next announcement in ${error.blocksLeft} blocks.`,
        'Start again after that.',
      )
    case 'mining/worker-died':
      return words(
        `${WORKER[error.worker]} ended.`,
        `${error.reason}.`,
        'Start mining again. The wallet was not touched.',
      )
  }
}

function explainModel(error: ErrorOf<'model'>): ErrorWords {
  switch (error.code) {
    case 'model/unknown':
      return words('This model is not known.', `There is no model ${error.id}.`, 'Choose one of the list.')
    case 'model/not-downloaded':
      return words('The model is not here yet.', `${error.id} was not downloaded.`, 'Download it first.')
    case 'model/file-missing':
      return words('The model file is not there.', `${error.file} does not exist.`, 'Check the path.')
    case 'model/broken':
      return words(
        'The model file is broken.',
        `${error.file}: ${error.reason}.`,
        'Download it again, or choose another file.',
      )
    case 'model/too-large':
      return words(
        'The model is too large for this computer.',
        `It needs ${writeBytes(error.neededBytes)}; ${writeBytes(error.availableBytes)} are free.`,
        'Choose a smaller one, or close other programs.',
      )
    case 'model/hash-mismatch':
      return words(
        'The file is not the expected one.',
        `${error.file} has the checksum ${error.actual.slice(0, 12)}…, not ${error.expected.slice(0, 12)}….`,
        'It is not used. Download it again.',
      )
    case 'model/download-failed':
      return words('The download stopped.', `${error.reason}.`, 'Start it again; it goes on where it stopped.')
    case 'model/busy':
      return words('This model is in use.', `${error.id} is being downloaded or runs.`, 'Stop that first.')
  }
}

const isModel = (error: ErrorOf<'mining'> | ErrorOf<'model'>): error is ErrorOf<'model'> =>
  error.code.startsWith('model/')
export const explainMiningError = (error: ErrorOf<'mining'> | ErrorOf<'model'>): ErrorWords =>
  isModel(error) ? explainModel(error) : explainMiner(error)

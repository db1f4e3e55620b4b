import { ADDRESS_PROBLEMS } from './explain-address-error.ts'
import { shortAddress, writeBytes } from './plain-text.ts'
import { type WordsOf, words } from './words.ts'

const WORK = { write: 'write text', embed: 'turn texts into vectors', rank: 'rank documents' } as const
const WORKER = { llm: 'The model process', axon: 'The server process' } as const

const NOT_MOVED = {
  'not-ours': 'Its file belongs to you or is made when it is needed, and stays where it is.',
  'not-here': 'It is not wholly on this computer.',
  'bad-folder': 'The folder has to be named from its root on, and this app has to be able to write there.',
  'name-taken': 'Another file of this name lies in that folder.',
} as const

/** What was typed may hold letters that hide or turn others around. */
const visible = (text: string): string => text.replaceAll(/[^ -~]/g, '·')

export const miningWords: WordsOf<'mining' | 'model'> = {
  'mining/not-registered': (error) =>
    words(
      'This hotkey has no place there.',
      `${shortAddress(error.hotkey)} holds no uid on netuid ${error.netuid}.`,
      'Register it first.',
    ),
  'mining/already-running': () => words('The miner runs already.', 'One miner runs at a time.', 'Stop it first.'),
  'mining/not-running': () => words('The miner does not run.', 'There is nothing to stop.', 'Nothing has to be done.'),
  'mining/bad-caller': (error) =>
    words(
      'The lists were not changed.',
      `“${visible(error.text)}” is no address of a hotkey. ${ADDRESS_PROBLEMS[error.problem][0]}`,
      'Correct this line. A hotkey begins with 5 and has 48 characters.',
    ),
  'mining/held': () =>
    words(
      'The miner is held.',
      'It answers nobody for now, because of heat, the battery, the hours that were set, or somebody at this computer.',
      'It goes on by itself.',
    ),
  'mining/idle-unknown': () =>
    words(
      'The miner cannot wait for you to leave.',
      'Nothing on this computer tells this app when somebody last touched keyboard or mouse.',
      'Set hours in which it may mine, or use the desktop app.',
    ),
  'mining/nothing-confirmed': () =>
    words(
      'A rule has nothing to start yet.',
      'It starts what you chose last, and nothing was started by hand so far.',
      'Start the miner once by hand, then turn the rule on.',
    ),
  'mining/no-adapter': (error) =>
    words(
      'The app cannot mine this subnet.',
      `It does not know the protocol of netuid ${error.netuid}.`,
      'Choose a subnet of the list.',
    ),
  'mining/other-subnet': (error) =>
    words(
      'This is not the subnet that was meant.',
      `On netuid ${error.netuid} the ${error.what} is ${error.live || 'nothing'} now, and not ${error.expected}.`,
      'Nothing more is answered there. Look at who runs that subnet now before you mine it again.',
    ),
  'mining/by-hand-only': (error) =>
    words(
      'This adapter has to be started by hand.',
      `${error.adapter} was not tried with the validators of this subnet, so it may earn nothing.`,
      'Read what is known of it, say that you understood, and start again.',
    ),
  'mining/bad-task': (error) =>
    words('The request was refused.', `The adapter cannot use it: ${error.message}.`, 'Correct the request.'),
  'mining/adapter-failed': (error) =>
    words(
      'The adapter failed.',
      `Its program did not answer as it has to: ${error.reason}.`,
      'Check its folder with the conformance kit, or choose another adapter.',
    ),
  'mining/service-failed': (error) =>
    words(
      'Your own service did not answer.',
      `On port ${error.port} of this computer: ${error.reason}.`,
      'Start that program, or correct its port and path.',
    ),
  'mining/port-taken': (error) =>
    words(
      'The port is taken.',
      `Another program listens on port ${error.port}.`,
      'Choose another port, or stop that program.',
    ),
  'mining/not-reachable': ({ port }) =>
    words(
      'The internet does not reach this computer.',
      `No validator could call a miner on port ${port} here, so a place would earn nothing. Nothing was spent.`,
      'Have the router open the port, or mine on a computer that can be reached.',
    ),
  'mining/nothing-proposed': () =>
    words(
      'Nothing is proposed to mine here.',
      'No subnet is yours, and none whose adapter was tried pays for a place by its own numbers. Most likely you would pay and earn nothing.',
      'Practise first, or choose a subnet by hand.',
    ),
  'mining/bad-address': (error) =>
    words(
      'This address cannot be announced.',
      `${error.address || 'No address was given'}: ${error.reason}.`,
      'Enter the public IP address of this computer.',
    ),
  'mining/serve-too-soon': (error) =>
    words(
      'The address was announced a moment ago.',
      `The chain takes the next announcement in ${error.blocksLeft} blocks.`,
      'Start again after that.',
    ),
  'mining/worker-died': (error) =>
    words(`${WORKER[error.worker]} ended.`, `${error.reason}.`, 'Start mining again. The wallet was not touched.'),
  'model/unknown': (error) =>
    words('This model is not known.', `There is no model ${error.id}.`, 'Choose one of the list.'),
  'model/not-downloaded': (error) =>
    words('The model is not here yet.', `${error.id} was not downloaded.`, 'Download it first.'),
  'model/file-missing': (error) =>
    words('The model file is not there.', `${error.file} does not exist.`, 'Check the path.'),
  'model/broken': (error) =>
    words('The model file is broken.', `${error.file}: ${error.reason}.`, 'Download it again, or choose another file.'),
  'model/too-large': (error) =>
    words(
      'The model is too large for this computer.',
      `It needs ${writeBytes(error.neededBytes)}; ${writeBytes(error.availableBytes)} are free.`,
      'Choose a smaller one, or close other programs.',
    ),
  'model/hash-mismatch': (error) =>
    words(
      'The file is not the expected one.',
      `${error.file} has the checksum ${error.actual.slice(0, 12)}…, not ${error.expected.slice(0, 12)}….`,
      error.wrongPieces === undefined
        ? 'It is not used. Which part of it is wrong is not known, so downloading it again fetches all of it; another source may help.'
        : `It is not used. Download it again: only the wrong pieces, ${error.wrongPieces} of them, are fetched.`,
    ),
  'model/download-failed': (error) =>
    words('The download stopped.', `${error.reason}.`, 'Start it again; it goes on where it stopped.'),
  'model/busy': (error) =>
    words('This model is in use.', `${error.id} is being downloaded, copied or moved, or it runs.`, 'Stop that first.'),
  'model/licence-not-accepted': (error) =>
    words(
      'The licence of this model was not accepted yet.',
      `${error.id} comes under ${error.licence}: ${error.url}.`,
      'Read it, and accept it if you agree. Nothing is downloaded before.',
    ),
  'model/split': (error) =>
    words(
      'This file is one part of a model.',
      `${error.file} is part ${error.part} of ${error.parts}.`,
      'Join the parts to one file with “llama-gguf-split --merge” of llama.cpp, and add that file.',
    ),
  'model/cannot-move': (error) =>
    words('The model was not put there.', NOT_MOVED[error.because], 'Nothing was changed.'),
  'model/cannot': (error) =>
    words(
      `This model does not ${WORK[error.task]}.`,
      `${error.model} is a model of another kind.`,
      'Choose one that is made for it.',
    ),
}

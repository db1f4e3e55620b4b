import { type WordsOf, words } from './words.ts'

const ADDRESS = {
  address: 'It is no web address as http://192.168.1.20:8000 or https://gpu.example.org/v1.',
  credentials: 'It holds a name or a password, which would stand readable in the settings.',
  'not-encrypted':
    'It begins with http:// and is not of your own network: whoever is on the way reads the requests, the answers and the key.',
} as const
const TASK = { write: 'writes text', embed: 'turns texts into vectors', rank: 'ranks documents' } as const
const LATER = 'It is asked again by itself; others get its requests until then.'

export const backendWords: WordsOf<'backend'> = {
  'backend/unknown': ({ id }) =>
    words('This server is not in the list.', `Nothing there has the name ${id}.`, 'Look at the list again.'),
  'backend/too-many': ({ most }) =>
    words('There are too many servers.', `The list takes ${most}.`, 'Remove one that is not used.'),
  'backend/bad-address': ({ problem }) =>
    words(
      'This address cannot be used.',
      ADDRESS[problem],
      problem === 'not-encrypted'
        ? 'Use https://, or a tunnel that ends on this computer, or say that you accept it.'
        : 'Correct it.',
    ),
  'backend/unreachable': ({ name, reason }) =>
    words(`${name} does not answer.`, `${reason}.`, `See that the server runs and that its address is right. ${LATER}`),
  'backend/key-refused': ({ name, status }) =>
    words(
      `${name} refused the key.`,
      `It answered with status ${status}, as servers do that want another key, or one at all.`,
      'Give the key that the server was started with.',
    ),
  'backend/refused': ({ name, status, reason }) =>
    words(`${name} refused the request.`, `Status ${status}: ${reason}.`, 'Look at the log of that server.'),
  'backend/busy': ({ name, waitMs }) =>
    words(
      `${name} is busy.`,
      `It asked to be left alone for ${Math.max(1, Math.ceil(waitMs / 1_000))} s.`,
      'Give it fewer places if it says so often. Others get its requests until then.',
    ),
  'backend/bad-answer': ({ name, reason }) =>
    words(
      `The answer of ${name} cannot be used.`,
      `It sent ${reason}.`,
      'See that the address is that of an OpenAI-compatible server, and that the model does what it is asked for.',
    ),
  'backend/no-model': ({ name, model, offers }) =>
    words(
      `${name} does not have this model.`,
      offers.length === 0 ? `It lists none, and so not ${model}.` : `It lists ${offers.join(', ')}, and not ${model}.`,
      'Enter the name as that server lists it.',
    ),
  'backend/cut-off': ({ name, reason }) =>
    words(
      `${name} broke off in the middle of an answer.`,
      `${reason}.`,
      'That request is lost: what was sent of it cannot be taken back. The next ones go to others.',
    ),
  'backend/none-ready': ({ task }) =>
    words(
      'None of your servers is ready.',
      `There is none that is well and ${TASK[task]}.`,
      'Look at the list of servers: each says what is wrong with it.',
    ),
}

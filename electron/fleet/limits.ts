/** A question is a name and a number. */
export const MOST_QUESTION_BYTES = 2_048
/** A report of 512 earnings is about 110 kB. */
export const MOST_ANSWER_BYTES = 256 * 1024

export const HANDSHAKE_MS = 8_000
/** From the first byte of a message to its last, and from a question to its answer. */
export const MESSAGE_MS = 10_000
/** A viewer asks every half minute at least. */
export const IDLE_MS = 120_000
/** At the same time: more than one person has computers to look from, with room for those who knock. */
export const MOST_CONNECTIONS = 64
/** Of one address, without having proved a key, within {@link KNOCKS_MS}. */
export const MOST_KNOCKS = 20
export const KNOCKS_MS = 60_000
/** Questions of one connection within a second. */
export const MOST_QUESTIONS = 10

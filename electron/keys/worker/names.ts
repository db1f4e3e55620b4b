import type { AppError } from '../../../shared/errors.ts'

/** Names become folder and file names on every system, so they are plain: letters, digits, space, `_`, `.` and `-`. */
const PLAIN = /^[A-Za-z0-9_](?:[A-Za-z0-9 _.-]{0,62}[A-Za-z0-9_-])?$/
/** Device names that Windows reserves in every folder. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i

export function nameError(name: string): AppError | undefined {
  // `…pub.txt` is where btwallet keeps the public part of a hotkey; `.tmp` is ours while writing.
  const taken = /(pub\.txt|\.tmp|\.bak)$/i.test(name)
  return PLAIN.test(name) && !RESERVED.test(name) && !taken ? undefined : { code: 'keys/bad-name', name }
}

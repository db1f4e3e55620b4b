import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** A path as a person types it; `~` is the home folder, which no shell has put in here. */
export const typedPath = (typed: string, home: string = homedir()): string =>
  /^~($|[/\\])/.test(typed) ? join(home, typed.slice(1)) : resolve(typed)

import { askStun } from './ask-stun.ts'
import { ownAddresses } from './own-addresses.ts'
import { askHelper } from './probe-asker.ts'
import { startHelper } from './probe-helper.ts'
import type { ReachPort } from './reach.port.ts'
import { findRouter } from './router.ts'

/** Asks and listens only when called. */
export const nodeReach: ReachPort = { ownAddresses, askStun, findRouter, askHelper, startHelper }

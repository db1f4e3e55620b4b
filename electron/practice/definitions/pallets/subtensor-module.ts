import { definePallet } from '../../scale/pallet.ts'
import { newerStorage } from '../newer.ts'
import { calls } from '../subtensor/calls.ts'
import { constants } from '../subtensor/constants.ts'
import { errors } from '../subtensor/errors.ts'
import { events } from '../subtensor/events.ts'
import { childStorage } from '../subtensor/storage-children.ts'
import { lockStorage } from '../subtensor/storage-locks.ts'
import { neuronStorage } from '../subtensor/storage-neuron.ts'
import { parameterStorage } from '../subtensor/storage-parameters.ts'
import { poolStorage } from '../subtensor/storage-pool.ts'
import { stakeStorage } from '../subtensor/storage-stake.ts'
import { subnetStorage } from '../subtensor/storage-subnet.ts'

/** Subnets, neurons, stake: what makes a Substrate chain a Bittensor chain. */
export const subtensorModule = definePallet({
  name: 'SubtensorModule',
  index: 7,
  module: 'pallet_subtensor::pallet',
  calls,
  events,
  errors,
  constants,
  storage: {
    ...stakeStorage,
    ...childStorage,
    ...lockStorage,
    ...poolStorage,
    ...subnetStorage,
    ...parameterStorage,
    ...neuronStorage,
    ...newerStorage,
  },
})

import { authorMethods } from './author-methods.ts'
import { chainMethods } from './chain-methods.ts'
import { customMethods } from './custom-methods.ts'
import type { Methods } from './method.ts'
import { paymentMethods } from './payment-methods.ts'
import { practiceMethods } from './practice-methods.ts'
import { stateMethods } from './state-methods.ts'
import { systemMethods } from './system-methods.ts'

export const allMethods: Methods = {
  ...authorMethods,
  ...chainMethods,
  ...customMethods,
  ...paymentMethods,
  ...practiceMethods,
  ...stateMethods,
  ...systemMethods,
}

import { createContext, use } from 'react'

/** True on the practice network: then each amount says so, and a cropped picture still shows that it is play money. */
export const PlayContext = createContext(false)
export const usePlay = (): boolean => use(PlayContext)

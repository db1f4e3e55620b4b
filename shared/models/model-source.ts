/** Where models of the catalogue come from, as their pages name it. */
export const USUAL_SOURCE = 'https://huggingface.co'

const LETTERS = '[^\\s/?#@\\\\]+'
const HTTPS = new RegExp(`^https://${LETTERS}(/[^\\s?#@]*)?$`)
const HERE = /^http:\/\/(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d{1,5})?(\/[^\s?#@]*)?$/

/**
 * Whether a text can be the base address of another source: https, or plain http of this very computer. Names, passwords,
 * questions and fragments have no place in it.
 */
export const isModelSource = (text: string): boolean => text.length <= 300 && (HTTPS.test(text) || HERE.test(text))

/** `host:port` for people. */
export const sourceName = (text: string): string => text.replace(/^https?:\/\//, '').replace(/\/.*$/, '')

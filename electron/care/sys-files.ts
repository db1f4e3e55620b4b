import { readdir, readFile } from 'node:fs/promises'
import type { WhyUnknown } from '../../shared/care/readings.ts'

const whyOf = (cause: unknown): WhyUnknown => {
  const code = (cause as NodeJS.ErrnoException).code
  if (code === 'EACCES' || code === 'EPERM') return 'not-permitted'
  return code === 'ENOENT' || code === 'ENODEV' || code === 'ENOTDIR' ? 'not-offered' : 'no-answer'
}

export type FileText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: WhyUnknown }

/** A file of the kernel: one short line. */
export async function textOf(path: string): Promise<FileText> {
  try {
    return { ok: true, text: (await readFile(path, 'utf8')).trim() }
  } catch (cause) {
    return { ok: false, why: whyOf(cause) }
  }
}

/** @returns the number, or why there is none */
export async function numberOf(path: string): Promise<number | WhyUnknown> {
  const read = await textOf(path)
  if (!read.ok) return read.why
  return /^-?\d{1,18}$/.test(read.text) ? Number(read.text) : 'not-understood'
}

/** @returns the number, or `undefined` where it cannot be had */
export async function plainNumberOf(path: string): Promise<number | undefined> {
  const number = await numberOf(path)
  return typeof number === 'number' ? number : undefined
}

/** Names in a folder of the kernel, in the order of their numbers; `undefined` where there is no such folder. */
export async function namesIn(folder: string): Promise<readonly string[] | undefined> {
  try {
    return (await readdir(folder)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  } catch {
    return undefined
  }
}

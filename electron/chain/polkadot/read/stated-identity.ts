import type { StatedIdentity } from '../../../../shared/subnets/validator-table.ts'
import { Answer } from '../answer.ts'

/** Longer than anybody reads; keeps one absurd text from being most of an answer. */
const LONGEST_TEXT = 1_000

const cut = (text: string): string => text.trim().slice(0, LONGEST_TEXT)

/** @param identity a `ChainIdentityV2`, or nothing */
export function statedIdentity(identity: unknown): StatedIdentity | undefined {
  if (identity === undefined) return undefined
  const said = new Answer(identity, 'ChainIdentity')
  return {
    name: cut(said.text('name')),
    url: cut(said.text('url')),
    github: cut(said.text('github_repo')),
    discord: cut(said.text('discord')),
    description: cut(said.text('description')),
  }
}

/** @param identity a `SubnetIdentityV3`, or nothing */
export function subnetIdentity(identity: unknown): (StatedIdentity & { readonly contact: string }) | undefined {
  if (identity === undefined) return undefined
  const said = new Answer(identity, 'SubnetIdentity')
  return {
    name: cut(said.text('subnet_name')),
    url: cut(said.text('subnet_url')),
    github: cut(said.text('github_repo')),
    discord: cut(said.text('discord')),
    description: cut(said.text('description')),
    contact: cut(said.text('subnet_contact')),
  }
}

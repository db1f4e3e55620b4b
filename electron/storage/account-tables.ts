import type Database from 'better-sqlite3'
import { z } from 'zod'
import type { PureProxy } from '../../shared/accounts/proxy.ts'
import { ss58 } from '../../shared/units/amounts.ts'
import type { AccountStorage } from './account-storage.port.ts'

type Row = Record<string, string | number | null>
const text = (row: Row, column: string): string => String(row[column] ?? '')
const whole = (row: Row, column: string): number => Number(row[column] ?? 0)
const members = z.array(z.string())

const pureOf = (row: Row): PureProxy => ({
  address: ss58(text(row, 'address')),
  spawner: ss58(text(row, 'spawner')),
  proxyType: text(row, 'proxy_type'),
  delay: whole(row, 'delay'),
  index: whole(row, 'disambiguation'),
  height: whole(row, 'height'),
  extIndex: whole(row, 'ext_index'),
})

/** The tables of migration 3. @param guard turns what SQLite throws into a StorageFailure */
export function accountTables(db: Database.Database, guard: <T>(run: () => T) => T): AccountStorage {
  const all = (sql: string, ...params: unknown[]) => guard(() => db.prepare(sql).all(...params) as Row[])
  const run = (sql: string, ...params: unknown[]) => guard(() => db.prepare(sql).run(...params).changes > 0)
  return {
    knownSwaps: (genesis) =>
      all('select * from known_swaps where genesis = ?', genesis).map((row) => ({
        coldkey: ss58(text(row, 'coldkey')),
        newColdkey: ss58(text(row, 'new_coldkey')),
        newColdkeyHash: text(row, 'hash'),
      })),
    putKnownSwap: (genesis, { coldkey, newColdkey, newColdkeyHash }) =>
      void run(
        'insert or ignore into known_swaps values (?, ?, ?, ?)',
        genesis,
        coldkey,
        newColdkey,
        newColdkeyHash.toLowerCase(),
      ),
    multisigAccounts: (network) =>
      all('select * from multisig_accounts where network = ? order by name, address', network).map((row) => ({
        address: ss58(text(row, 'address')),
        name: text(row, 'name'),
        threshold: whole(row, 'threshold'),
        members: members.parse(JSON.parse(text(row, 'members'))).map((member) => ss58(member)),
      })),
    putMultisigAccount: (network, { address, name, threshold, members: list }) =>
      void run(
        `insert into multisig_accounts values (?, ?, ?, ?, ?)
         on conflict (network, address) do update set name = excluded.name`,
        network,
        address,
        name,
        threshold,
        JSON.stringify(list),
      ),
    removeMultisigAccount: (network, address) =>
      run('delete from multisig_accounts where network = ? and address = ?', network, address),
    pureProxies: (genesis) => all('select * from pure_proxies where genesis = ? order by height', genesis).map(pureOf),
    putPureProxy: (genesis, p) =>
      void run(
        'insert or ignore into pure_proxies values (?, ?, ?, ?, ?, ?, ?, ?)',
        genesis,
        p.address,
        p.spawner,
        p.proxyType,
        p.delay,
        p.index,
        p.height,
        p.extIndex,
      ),
    actingFor: (genesis, delegate) =>
      all('select account from acting_for where genesis = ? and delegate = ? order by account', genesis, delegate).map(
        (row) => ss58(text(row, 'account')),
      ),
    putActingFor: (genesis, delegate, account) =>
      void run('insert or ignore into acting_for values (?, ?, ?)', genesis, delegate, account),
    removeActingFor: (genesis, delegate, account) =>
      run('delete from acting_for where genesis = ? and delegate = ? and account = ?', genesis, delegate, account),
    knownCall: (genesis, callHash) => {
      const [row] = all('select call from known_calls where genesis = ? and hash = ?', genesis, callHash.toLowerCase())
      return row && text(row, 'call')
    },
    putKnownCall: (genesis, callHash, callHex) =>
      void run('insert or ignore into known_calls values (?, ?, ?)', genesis, callHash.toLowerCase(), callHex),
  }
}

import { LOT_METHODS } from '../../../shared/ledger/lots.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { METHOD_WORDS } from '../../format/lot-words.ts'
import { hrefOf } from '../../format/route.ts'
import { Button } from '../../ui/button.tsx'
import iconLicence from '../../ui/fonts/LICENSE-lucide-ISC.txt?raw'
import fontLicence from '../../ui/fonts/LICENSE-OFL.txt?raw'
import { Head } from '../../ui/head.tsx'
import { NextStart } from '../../ui/next-start.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { Tolerance } from '../../ui/tolerance.tsx'
import { EndpointsRow } from './endpoints-row.tsx'
import { FiatRow } from './fiat-row.tsx'
import { MetricsRow } from './metrics-row.tsx'
import { PortField } from './port-field.tsx'
import { SettingRow } from './setting-row.tsx'

const AUTO_LOCK = [
  { value: '1', text: 'after 1 minute' },
  { value: '5', text: 'after 5 minutes' },
  { value: '10', text: 'after 10 minutes' },
  { value: '30', text: 'after 30 minutes' },
  { value: '60', text: 'after 1 hour' },
  { value: '0', text: 'never by itself' },
]
const withCurrent = (minutes: number) =>
  AUTO_LOCK.some((choice) => choice.value === String(minutes))
    ? AUTO_LOCK
    : [...AUTO_LOCK, { value: String(minutes), text: `after ${minutes} minutes` }]

export function SettingsView() {
  const settings = useSubscription('settings.watch')
  const change = useCommand('settings.change')
  if (settings.state !== 'ready')
    return (
      <>
        <Head title="Settings" />
        {settings.state === 'loading' ? <Loading awaits="the settings" rows={5} /> : <Failed error={settings.error} />}
      </>
    )
  const { theme, autoLockMinutes, tolerancePpm, minerPort, lotMethod } = settings.value
  return (
    <>
      <Head title="Settings" />
      {change.error && (
        <div className="pad">
          <ErrorNote error={change.error} />
        </div>
      )}
      <NetworkRow />
      <EndpointsRow allowances={settings.value.allowances} />
      <SettingRow title="Theme" text="Light, dark, or what the system uses.">
        <Segments
          label="Theme"
          value={theme}
          onPick={(picked) => void change.send({ theme: picked })}
          choices={[
            { value: 'system', text: 'System' },
            { value: 'light', text: 'Light' },
            { value: 'dark', text: 'Dark' },
          ]}
        />
      </SettingRow>
      <SettingRow
        title="Lock"
        text="Without input for this long, the opened key is forgotten. Mining goes on: it needs the hotkey only."
      >
        <Select
          label="Lock by itself"
          hideLabel
          value={String(autoLockMinutes)}
          choices={withCurrent(autoLockMinutes)}
          onPick={(value) => void change.send({ autoLockMinutes: Number(value) })}
        />
      </SettingRow>
      <SettingRow
        title="Price limit"
        text="How far the price may move until the block, where you do not say otherwise."
      >
        <Tolerance label="Price limit" ppm={tolerancePpm} onPick={(ppm) => void change.send({ tolerancePpm: ppm })} />
      </SettingRow>
      <SettingRow
        title="Cost and gain"
        text="Which alpha a sale takes first, where it was acquired at different prices. The portfolio counts by it, and files for taxes unless you pick another way for a file."
      >
        <div className="grid gap-2">
          <Segments
            label="Cost and gain"
            value={lotMethod}
            onPick={(picked) => void change.send({ lotMethod: picked })}
            choices={LOT_METHODS.map((value) => ({ value, text: METHOD_WORDS[value].name }))}
          />
          <p className="soft small">{METHOD_WORDS[lotMethod].says}</p>
        </div>
      </SettingRow>
      <FiatRow />
      <SettingRow title="Port of the miner" text="Where the server of the miner listens. 0 takes any free one.">
        <PortField key={minerPort} port={minerPort} onSave={(port) => void change.send({ minerPort: port })} />
      </SettingRow>
      <SettingRow title="Models" text="Their folder, their source, and how much memory they leave to other programs.">
        <a className="btn" href={hrefOf({ view: 'models' })}>
          Models of this computer
        </a>
      </SettingRow>
      <SettingRow title="Servers" text="Other machines that compute for the miner, when this one is not enough.">
        <a className="btn" href={hrefOf({ view: 'backends' })}>
          Servers for the miner
        </a>
      </SettingRow>
      <SettingRow title="Wallets" text="Create one, or import one from words or from a btwallet folder.">
        <a className="btn" href={hrefOf({ view: 'wallets' })}>
          Wallets of this computer
        </a>
      </SettingRow>
      <SettingRow
        title="Safety of the coldkey"
        text="Who may act for this account, a daily account that keeps the coldkey cold, and moving to another coldkey."
      >
        <span className="row wrap">
          <a className="btn" href={hrefOf({ view: 'proxies' })}>
            Who may act
          </a>
          <a className="btn" href={hrefOf({ view: 'coldkey' })}>
            Change of coldkey
          </a>
        </span>
      </SettingRow>
      <SettingRow
        title="Signing limits"
        text="What the signer refuses by itself, the log of what it signed, and signed messages. Kept with each wallet."
      >
        <a className="btn" href={hrefOf({ view: 'limits' })}>
          Limits of the wallet
        </a>
      </SettingRow>
      <MetricsRow />
      <SettingRow
        title="Log"
        text="What the app writes down of itself: no secrets and no contents of requests, five files of 2 MB at most."
      >
        <a className="btn" href={hrefOf({ view: 'log' })}>
          Show the log
        </a>
      </SettingRow>
      <About />
    </>
  )
}

function NetworkRow() {
  const { status } = useChain()
  const leave = useCommand('network.leave')
  const genesis = status?.facts?.genesis
  return (
    <SettingRow
      title="Network"
      text={
        <>
          {status?.label ?? 'unknown'}
          {status?.endpoint && (
            <>
              , <span className="mono break">{status.endpoint}</span>
            </>
          )}
          {status?.facts && `, ${status.facts.specName} ${status.facts.specVersion}`}
          {genesis && (
            <>
              , genesis <span className="mono break">{genesis}</span>
            </>
          )}
          <NextStart status={status} />
        </>
      }
    >
      <Button onPress={() => void leave.send({})} busyWith={leave.busy ? 'Leaving' : undefined}>
        Choose another network
      </Button>
    </SettingRow>
  )
}

function About() {
  const info = useQuestion('app.info', {}, { freshForMs: Number.POSITIVE_INFINITY })
  const facts = info.state === 'ready' ? valueIn(info) : undefined
  return (
    <SettingRow title="About" text={facts ? `Taoforge ${facts.version}, ${facts.host} host` : 'Taoforge'}>
      <dl className="kv start">
        <dt>Data</dt>
        <dd className="mono break small">{facts?.dataFolder ?? 'unknown'}</dd>
        <dt>Wallets</dt>
        <dd className="mono break small">{facts?.walletsFolder ?? 'unknown'}</dd>
        <dt>Models</dt>
        <dd className="mono break small">{facts?.modelsFolder ?? 'unknown'}</dd>
      </dl>
      <details>
        <summary>Licences of the fonts and icons</summary>
        <pre className="licence">{fontLicence}</pre>
        <pre className="licence">{iconLicence}</pre>
      </details>
    </SettingRow>
  )
}

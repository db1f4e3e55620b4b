import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { SignMessage } from './sign-message.tsx'
import { VerifyMessage } from './verify-message.tsx'

/** Texts that prove who holds a key. */
export function MessagesPart({ wallet }: { readonly wallet: WalletView | undefined }) {
  return (
    <div className="halves">
      {wallet && !wallet.watchOnly ? (
        <SignMessage wallet={wallet} />
      ) : (
        <section className="pad">
          <h2>Sign</h2>
          <p className="soft">This wallet is only watched: its key is not here.</p>
        </section>
      )}
      <VerifyMessage />
    </div>
  )
}

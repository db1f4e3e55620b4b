import type { Result } from '../../shared/result.ts'

/** Tells one server of an alert. */
export interface WebhookPort {
  /**
   * Sends JSON, once. A redirect is not followed, the answer is not read, and an address inside of a private network is not
   * spoken to, whatever name it has: only this computer itself, where the address says so, or one that is public.
   * @param to of `webhookAddress`
   * @errors why it was not taken, for a person
   */
  post(
    to: { readonly href: string; readonly loopback: boolean },
    body: string,
  ): Promise<Result<null, { readonly reason: string }>>
}

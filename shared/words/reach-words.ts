import type { FamilyFacts, FamilyVerdict, MapRefusal, ReachVerdict, Reason } from '../reach/judge-reach.ts'

/** What was found, in one line, and what follows from it. */
export const REACH_WORDS: Readonly<Record<ReachVerdict['says'], { readonly title: string; readonly next: string }>> = {
  reachable: {
    title: 'The internet reaches this computer.',
    next: 'Somebody outside connected to the port and brought back the number that this app had given out.',
  },
  'not-reachable': {
    title: 'The internet does not reach this computer.',
    next: 'No validator could call the miner here. A place that is paid for now would earn nothing.',
  },
  unknown: {
    title: 'Nobody knows yet whether the internet reaches this computer.',
    next: 'Only a connection from outside proves it. Have somebody knock before you pay for a place.',
  },
}

/** One sentence for each thing that was found out. */
export const REASON_WORDS: Readonly<Record<Reason, string>> = {
  'no-address': 'This computer has no address of this kind.',
  'own-public':
    'This computer itself has an address of the internet, without a router between. A firewall may still be.',
  'behind-router': 'A router stands between: it has the address, and it has to pass on the port.',
  'provider-shares':
    'The provider shares one address among many homes. No port can be opened there. Ask it for an address of your own, or mine on a rented server.',
  'router-behind-router':
    'The router itself is behind another router. The port has to be passed on by both, or the provider shares one address among many homes.',
  'router-differs':
    'The router names another address than the one that is seen outside. The provider may share one among many homes, or a VPN is on.',
  'nobody-asked': 'No server was asked which address it sees.',
  'servers-silent': 'No server said which address it sees.',
  'servers-differ': 'The servers see different addresses, so none of them is believed. A VPN or two lines do that.',
  'one-witness': 'One server alone names the address, which is not enough to believe it.',
  'router-silent': 'No router answered. Pass on the port by hand in the settings of the router.',
  'port-opened': 'The router opened the port.',
  'port-refused': 'The router did not open the port. Pass it on by hand in its settings.',
  knocked: 'A helper outside connected and brought back our number.',
  'knocked-inside': 'The connection came from inside the home network, which proves nothing about the internet.',
  'nobody-got-through': 'A helper outside tried, and did not get through to the port.',
  'helper-inside': 'The helper is in the same network, so its connection would prove nothing.',
  'helper-busy': 'The helper knocked often in the last minute and takes a break. Ask again in a minute.',
  'helper-silent': 'The helper does not answer. It may be off, or not reachable itself.',
  'helper-not-trusted': 'The helper could not prove that it knows the invitation. Ask its owner for a new one.',
  'port-in-use': 'Another program listens on the port, or the miner itself. Stop it, and check again.',
  'no-helper': 'Nobody outside has knocked: that takes an invitation of another Taoforge.',
}

const REFUSALS: Readonly<Record<MapRefusal, string>> = {
  'not-allowed': 'The router does not allow it. Allow UPnP or NAT-PMP in its settings, or pass on the port by hand.',
  taken: 'Another computer of this home has the port already. Choose another port.',
  'no-room': 'The router has no room for one more port.',
  'no-connection': 'The router has no connection to the internet.',
  'not-understood': 'The router did not understand it. Pass on the port by hand in its settings.',
  'no-answer': 'The router did not answer. Pass on the port by hand in its settings.',
}

/** The sentences of a verdict, the refusal of the router in its own words. */
export const reasonSentences = (verdict: FamilyVerdict, facts: FamilyFacts | undefined): readonly string[] =>
  verdict.reasons.map((reason) => {
    const port = facts?.router?.port
    return reason === 'port-refused' && port?.state === 'refused' ? REFUSALS[port.why] : REASON_WORDS[reason]
  })

import { assertNever } from '../../../shared/result.ts'
import { ActivityView } from '../../features/activity/activity.view.tsx'
import { AddressesView } from '../../features/addresses/addresses.view.tsx'
import { OfflineView } from '../../features/airgap/offline.view.tsx'
import { BackendsView } from '../../features/backends/backends.view.tsx'
import { CareView } from '../../features/care/care.view.tsx'
import { CareLine } from '../../features/care/care-line.tsx'
import { EarningsView } from '../../features/earnings/earnings.view.tsx'
import { FleetView } from '../../features/fleet/fleet.view.tsx'
import { ColdkeyView } from '../../features/guard/coldkey.view.tsx'
import { ProxiesView } from '../../features/guard/proxies.view.tsx'
import { HistoryView } from '../../features/history/history.view.tsx'
import { HoldingsView } from '../../features/holdings/holdings.view.tsx'
import { LimitsView } from '../../features/limits/limits.view.tsx'
import { LogView } from '../../features/logs/log.view.tsx'
import { MineView } from '../../features/mine/mine.view.tsx'
import { SeveralView } from '../../features/mine/several.view.tsx'
import { ModelsView } from '../../features/models/models.view.tsx'
import { NetworkView } from '../../features/network/network.view.tsx'
import { OrdersView } from '../../features/orders/orders.view.tsx'
import { AllWalletsView } from '../../features/portfolio/all-wallets.view.tsx'
import { PortfolioView } from '../../features/portfolio/portfolio.view.tsx'
import { ProfitView } from '../../features/profit/profit.view.tsx'
import { ReceiveView } from '../../features/receive/receive.view.tsx'
import { SendView } from '../../features/send/send.view.tsx'
import { SettingsView } from '../../features/settings/settings.view.tsx'
import { SharedAccountsView } from '../../features/shared-accounts/shared-accounts.view.tsx'
import { SubnetDetailView } from '../../features/subnets/subnet.view.tsx'
import { SubnetsView } from '../../features/subnets/subnets.view.tsx'
import { ValidatorsView } from '../../features/validators/validators.view.tsx'
import { WalletsView } from '../../features/wallets/wallets.view.tsx'
import { WatchView } from '../../features/watch/watch.view.tsx'
import type { Route } from '../../format/route.ts'

export function Screen({ route }: { readonly route: Route }) {
  switch (route.view) {
    case 'portfolio':
      return route.all ? <AllWalletsView /> : <PortfolioView />
    case 'holdings':
      return <HoldingsView place={route.place} />
    case 'subnets':
      return route.detail === undefined ? (
        <SubnetsView stakeTo={route.stakeTo} />
      ) : (
        <SubnetDetailView key={route.detail} netuid={route.detail} />
      )
    case 'validators':
      return <ValidatorsView key={route.netuid} netuid={route.netuid} />
    case 'network':
      return <NetworkView />
    case 'mine':
      return (
        <>
          {route.several ? <SeveralView /> : <MineView />}
          <CareLine />
        </>
      )
    case 'watch':
      return <WatchView />
    case 'care':
      return <CareView />
    case 'backends':
      return <BackendsView />
    case 'fleet':
      return <FleetView />
    case 'models':
      return <ModelsView />
    case 'earnings':
      return <EarningsView />
    case 'profit':
      return <ProfitView />
    case 'history':
      return <HistoryView />
    case 'orders':
      return <OrdersView key={route.netuid ?? 'all'} netuid={route.netuid} />
    case 'activity':
      return <ActivityView open={route.id} />
    case 'settings':
      return <SettingsView />
    case 'log':
      return <LogView />
    case 'wallets':
      return <WalletsView />
    case 'addresses':
      return <AddressesView />
    case 'send':
      return <SendView to={route.to} />
    case 'offline':
      return <OfflineView />
    case 'receive':
      return <ReceiveView />
    case 'proxies':
      return <ProxiesView />
    case 'coldkey':
      return <ColdkeyView />
    case 'limits':
      return <LimitsView part={route.part} />
    case 'shared-accounts':
      return <SharedAccountsView />
    default:
      return assertNever(route)
  }
}

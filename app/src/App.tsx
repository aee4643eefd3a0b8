import { lazy, type ReactNode } from 'react';
import { Link, Route, Switch } from 'wouter';
import { creditRoutes } from './creditRoutes.tsx';
import { DashboardPage } from './features/dashboard/index.ts';
import { Shell } from './features/shell/index.ts';
import { Empty, Page } from './ui/index.ts';

const ProjectsPage = lazy(async () => ({
  default: (await import('./features/projects/index.ts')).ProjectsPage,
}));
const ProjectPage = lazy(async () => ({
  default: (await import('./features/projects/index.ts')).ProjectPage,
}));
const VersionsPage = lazy(async () => ({
  default: (await import('./features/versions/index.ts')).VersionsPage,
}));
const DevicePage = lazy(async () => ({
  default: (await import('./features/devices/index.ts')).DevicePage,
}));
const RegisterPage = lazy(async () => ({
  default: (await import('./features/registration/index.ts')).RegisterPage,
}));
const ClaimPage = lazy(async () => ({
  default: (await import('./features/registration/index.ts')).ClaimPage,
}));
const FactorsPage = lazy(async () => ({
  default: (await import('./features/factors/index.ts')).FactorsPage,
}));
const PrivateFactorsPage = lazy(async () => ({
  default: (await import('./features/privateFactors/index.ts')).PrivateFactorsPage,
}));
const FactorPage = lazy(async () => ({
  default: (await import('./features/factors/index.ts')).FactorPage,
}));
const FleetPage = lazy(async () => ({
  default: (await import('./features/fleet/index.ts')).FleetPage,
}));
const SignOffPage = lazy(async () => ({
  default: (await import('./features/signOff/index.ts')).SignOffPage,
}));
const UploadsPage = lazy(async () => ({
  default: (await import('./features/uploads/index.ts')).UploadsPage,
}));
const ExportsPage = lazy(async () => ({
  default: (await import('./features/exports/index.ts')).ExportsPage,
}));
const UnsignedPage = lazy(async () => ({
  default: (await import('./features/unsigned/index.ts')).UnsignedPage,
}));
const BatchesPage = lazy(async () => ({
  default: (await import('./features/batches/index.ts')).BatchesPage,
}));
const BatchPage = lazy(async () => ({
  default: (await import('./features/batches/index.ts')).BatchPage,
}));
const VerifyPage = lazy(async () => ({
  default: (await import('./features/verify/index.ts')).VerifyPage,
}));
const WindowPage = lazy(async () => ({
  default: (await import('./features/windows/index.ts')).WindowPage,
}));
const PlansPage = lazy(async () => ({
  default: (await import('./features/plans/index.ts')).PlansPage,
}));
const CheckoutPage = lazy(async () => ({
  default: (await import('./features/checkout/index.ts')).CheckoutPage,
}));
const SubscriptionPage = lazy(async () => ({
  default: (await import('./features/subscription/index.ts')).SubscriptionPage,
}));
const ReferralsPage = lazy(async () => ({
  default: (await import('./features/referrals/index.ts')).ReferralsPage,
}));
const RenewalsPage = lazy(async () => ({
  default: (await import('./features/keepers/index.ts')).RenewalsPage,
}));
const OfficePage = lazy(async () => ({
  default: (await import('./features/office/index.ts')).OfficePage,
}));
const OwnLivePage = lazy(async () => ({
  default: (await import('./features/ownLive/index.ts')).OwnLivePage,
}));
const SettingsPage = lazy(async () => ({
  default: (await import('./features/organisations/index.ts')).SettingsPage,
}));
const NewOrganisationPage = lazy(async () => ({
  default: (await import('./features/organisations/index.ts')).NewOrganisationPage,
}));
const InventoryPage = lazy(async () => ({
  default: (await import('./features/inventory/index.ts')).InventoryPage,
}));
const ActivitiesPage = lazy(async () => ({
  default: (await import('./features/activities/index.ts')).ActivitiesPage,
}));
const ActivityPage = lazy(async () => ({
  default: (await import('./features/activities/index.ts')).ActivityPage,
}));
const ImportsPage = lazy(async () => ({
  default: (await import('./features/imports/index.ts')).ImportsPage,
}));
const ImportPage = lazy(async () => ({
  default: (await import('./features/imports/index.ts')).ImportPage,
}));
const PeriodsPage = lazy(async () => ({
  default: (await import('./features/periods/index.ts')).PeriodsPage,
}));
const PeriodPage = lazy(async () => ({
  default: (await import('./features/periods/index.ts')).PeriodPage,
}));
const CheckProofPage = lazy(async () => ({
  default: (await import('./features/periods/index.ts')).CheckProofPage,
}));
const SuppliersPage = lazy(async () => ({
  default: (await import('./features/suppliers/index.ts')).SuppliersPage,
}));
const SupplierPage = lazy(async () => ({
  default: (await import('./features/suppliers/index.ts')).SupplierPage,
}));
const GoalsPage = lazy(async () => ({
  default: (await import('./features/goals/index.ts')).GoalsPage,
}));
const ChangeActivityPage = lazy(async () => ({
  default: (await import('./features/activities/index.ts')).ChangeActivityPage,
}));
const NewActivityPage = lazy(async () => ({
  default: (await import('./features/activities/index.ts')).NewActivityPage,
}));

function NotFoundPage(): ReactNode {
  return (
    <Page title="There is nothing here">
      <Empty title="This address leads nowhere">
        <p>
          Go to the <Link href="/">dashboard</Link>.
        </p>
      </Empty>
    </Page>
  );
}

interface WindowAddress {
  readonly deviceId: string;
  readonly sequence: string;
  readonly index?: string | undefined;
}

/** Another window is another page, with states of its own. */
function WindowAt({ deviceId, sequence, index }: WindowAddress): ReactNode {
  return (
    <WindowPage
      key={`${deviceId}.${sequence}`}
      deviceId={deviceId}
      sequence={sequence}
      index={index}
    />
  );
}

/** `key` makes a page start anew when the id in its address changes. */
export function App(): ReactNode {
  return (
    <Shell>
      <Switch>
        <Route path="/" component={DashboardPage} />
        {creditRoutes}
        <Route path="/projects" component={ProjectsPage} />
        <Route path="/projects/:id">{({ id }) => <ProjectPage key={id} id={id} />}</Route>
        <Route path="/projects/:id/versions">{({ id }) => <VersionsPage key={id} id={id} />}</Route>
        <Route path="/projects/:id/register">{({ id }) => <RegisterPage key={id} id={id} />}</Route>
        <Route path="/fleet" component={FleetPage} />
        <Route path="/fleet/uploads" component={UploadsPage} />
        <Route path="/fleet/exports" component={ExportsPage} />
        <Route path="/fleet/unsigned" component={UnsignedPage} />
        <Route path="/fleet/meters" component={SignOffPage} />
        <Route path="/devices/new" component={ClaimPage} />
        <Route path="/devices/:id">{({ id }) => <DevicePage key={id} id={id} />}</Route>
        <Route path="/batches" component={BatchesPage} />
        <Route path="/batches/:id">{({ id }) => <BatchPage key={id} id={id} />}</Route>
        <Route path="/verify" component={VerifyPage} />
        <Route path="/windows/:deviceId/:sequence/:index?">
          {({ deviceId, sequence, index }) => (
            <WindowAt deviceId={deviceId} sequence={sequence} index={index} />
          )}
        </Route>
        <Route path="/factors" component={FactorsPage} />
        <Route path="/factors/private" component={PrivateFactorsPage} />
        <Route path="/factors/one" component={FactorPage} />
        <Route path="/plans" component={PlansPage} />
        <Route path="/office" component={OfficePage} />
        <Route path="/referrals" component={ReferralsPage} />
        <Route path="/renewals" component={RenewalsPage} />
        <Route path="/plans/:id">{({ id }) => <CheckoutPage key={id} id={id} />}</Route>
        <Route path="/subscription" component={SubscriptionPage} />
        <Route path="/inventory" component={InventoryPage} />
        <Route path="/live" component={OwnLivePage} />
        <Route path="/activities" component={ActivitiesPage} />
        <Route path="/activities/new" component={NewActivityPage} />
        <Route path="/activities/:id/change">
          {({ id }) => <ChangeActivityPage key={id} id={id} />}
        </Route>
        <Route path="/activities/:id">{({ id }) => <ActivityPage key={id} id={id} />}</Route>
        <Route path="/imports" component={ImportsPage} />
        <Route path="/imports/:id">{({ id }) => <ImportPage key={id} id={id} />}</Route>
        <Route path="/periods" component={PeriodsPage} />
        <Route path="/periods/:id">{({ id }) => <PeriodPage key={id} id={id} />}</Route>
        <Route path="/verify/line" component={CheckProofPage} />
        <Route path="/suppliers" component={SuppliersPage} />
        <Route path="/suppliers/:id">{({ id }) => <SupplierPage key={id} id={id} />}</Route>
        <Route path="/goals" component={GoalsPage} />
        <Route path="/organisation" component={SettingsPage} />
        <Route path="/organisations/new" component={NewOrganisationPage} />
        <Route component={NotFoundPage} />
      </Switch>
    </Shell>
  );
}

import { lazy } from 'react';
import { Route } from 'wouter';

const CreditsPage = lazy(async () => ({
  default: (await import('./features/credits/index.ts')).CreditsPage,
}));
const MarketPage = lazy(async () => ({
  default: (await import('./features/market/index.ts')).MarketPage,
}));
const MyListingsPage = lazy(async () => ({
  default: (await import('./features/market/index.ts')).MyListingsPage,
}));
const ListingPage = lazy(async () => ({
  default: (await import('./features/market/index.ts')).ListingPage,
}));
const EnergyPage = lazy(async () => ({
  default: (await import('./features/energy/index.ts')).EnergyPage,
}));
const CancellationPage = lazy(async () => ({
  default: (await import('./features/energy/index.ts')).CancellationPage,
}));
const VoidsPage = lazy(async () => ({
  default: (await import('./features/recourse/index.ts')).VoidsPage,
}));
const CertificatesPage = lazy(async () => ({
  default: (await import('./features/certificates/index.ts')).CertificatesPage,
}));
const CertificatePage = lazy(async () => ({
  default: (await import('./features/certificates/index.ts')).CertificatePage,
}));
const SerialPage = lazy(async () => ({
  default: (await import('./features/provenance/index.ts')).SerialPage,
}));
const ReviewsPage = lazy(async () => ({
  default: (await import('./features/reviews/index.ts')).ReviewsPage,
}));
const ReviewPage = lazy(async () => ({
  default: (await import('./features/reviews/index.ts')).ReviewPage,
}));

const NewProjectPage = lazy(async () => ({
  default: (await import('./features/plants/index.ts')).NewProjectPage,
}));
const RolesPage = lazy(async () => ({
  default: (await import('./features/roles/index.ts')).RolesPage,
}));

/** The life of a credit; `Switch` looks into the fragment. */
export const creditRoutes = (
  <>
    <Route path="/projects/new" component={NewProjectPage} />
    <Route path="/roles" component={RolesPage} />
    <Route path="/credits" component={CreditsPage} />
    <Route path="/market" component={MarketPage} />
    <Route path="/market/mine" component={MyListingsPage} />
    <Route path="/market/:id">{({ id }) => <ListingPage key={id} id={id} />}</Route>
    <Route path="/certificates" component={CertificatesPage} />
    <Route path="/certificates/:id">{({ id }) => <CertificatePage key={id} id={id} />}</Route>
    <Route path="/serials" component={SerialPage} />
    <Route path="/energy" component={EnergyPage} />
    <Route path="/energy/:id">{({ id }) => <CancellationPage key={id} id={id} />}</Route>
    <Route path="/voids" component={VoidsPage} />
    <Route path="/reviews" component={ReviewsPage} />
    <Route path="/reviews/:id">{({ id }) => <ReviewPage key={id} id={id} />}</Route>
  </>
);

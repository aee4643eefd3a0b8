import { Suspense, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { ReminderNotice } from '../../plans/index.ts';
import { chooseTheme, ErrorBoundary, Icon, Loading, useTheme } from '../../ui/index.ts';
import { NetworkNotice, WalletMenu } from '../wallet/index.ts';
import { areas, findArea } from './areas.ts';

/** What people come for; the bar at the bottom of a phone. */
function AreaBar(): ReactNode {
  const current = findArea(useLocation()[0]);
  return (
    <nav className="nav" aria-label="Main">
      {areas.map((area) => (
        <Link
          key={area.label}
          href={area.places[0].href}
          className="nav-link"
          aria-current={area === current ? 'true' : undefined}
        >
          <Icon name={area.icon} />
          {area.label}
        </Link>
      ))}
    </nav>
  );
}

/** On a phone the bar is wider than the screen. */
function showInBar(link: HTMLElement | null): void {
  link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** The pages of the area where one is; none where there is no choice. */
function PlaceBar(): ReactNode {
  const [location] = useLocation();
  const area = findArea(location);
  if (area === undefined || area.places.length < 2) return null;
  return (
    <nav className="places" aria-label={area.label}>
      {area.places.map(({ href, label, under }) => (
        <Link
          key={href}
          href={href}
          className="place-link"
          aria-current={under.test(location) ? 'page' : undefined}
          ref={under.test(location) ? showInBar : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

function ThemeButton(): ReactNode {
  const theme = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      className="icon-button theme-button"
      aria-label={`Use the ${other} theme`}
      onClick={() => chooseTheme(other)}
    >
      <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
    </button>
  );
}

/** The frame around every page: head, navigation, wallet and theme. */
export function Shell({ children }: { readonly children: ReactNode }): ReactNode {
  const [location] = useLocation();
  return (
    <>
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <header className="band">
        <div className="band-inner">
          <Link href="/" className="brand">
            <img src="/icon.svg" alt="" width="32" height="32" />
            TrueTonne
          </Link>
          <AreaBar />
          <div className="band-tools">
            <ThemeButton />
            <WalletMenu />
          </div>
        </div>
        <PlaceBar />
      </header>
      <main id="content" tabIndex={-1}>
        <NetworkNotice />
        <ReminderNotice />
        <ErrorBoundary key={location}>
          <Suspense fallback={<Loading what="page" />}>{children}</Suspense>
        </ErrorBoundary>
      </main>
    </>
  );
}

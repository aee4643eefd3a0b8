import { Suspense, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import {
  chooseTheme,
  ErrorBoundary,
  Icon,
  Loading,
  useTheme,
  type IconName,
} from '../../ui/index.ts';
import { NetworkNotice, WalletMenu } from '../wallet/index.ts';

const places: readonly {
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
  readonly under: RegExp;
}[] = [
  { href: '/', label: 'Dashboard', icon: 'dashboard', under: /^\/$/ },
  { href: '/projects', label: 'Projects', icon: 'projects', under: /^\/projects/ },
  { href: '/fleet', label: 'Fleet', icon: 'fleet', under: /^\/(fleet|devices)/ },
  { href: '/batches', label: 'Batches', icon: 'batches', under: /^\/(batches|windows)/ },
  { href: '/credits', label: 'Credits', icon: 'credits', under: /^\/credits/ },
  {
    href: '/plans',
    label: 'Plans',
    icon: 'plans',
    under: /^\/(plans|subscription|referrals|renewals)/,
  },
  { href: '/verify', label: 'Verify', icon: 'verify', under: /^\/verify/ },
];

function Navigation(): ReactNode {
  const [location] = useLocation();
  return (
    <nav className="nav" aria-label="Main">
      {places.map(({ href, label, icon, under }) => (
        <Link
          key={href}
          href={href}
          className="nav-link"
          aria-current={under.test(location) ? 'page' : undefined}
        >
          <Icon name={icon} />
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
          <Navigation />
          <div className="band-tools">
            <ThemeButton />
            <WalletMenu />
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        <NetworkNotice />
        <ErrorBoundary key={location}>
          <Suspense fallback={<Loading what="page" />}>{children}</Suspense>
        </ErrorBoundary>
      </main>
    </>
  );
}

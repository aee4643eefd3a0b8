import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { WagmiProvider, type Config } from 'wagmi';
import { App } from './App.tsx';
import { DeploymentContext, fetchDeployment, type Deployment } from './config/index.ts';
import { PATIENCE } from './data/index.ts';
import { Failure } from './ui/index.ts';
import './ui/styles/index.css';
import { createWagmiConfig } from './wagmi.ts';

const queryClient = new QueryClient({
  defaultOptions: { queries: { ...PATIENCE, staleTime: 2_000, refetchOnWindowFocus: true } },
});

interface RootProps {
  readonly deployment: Deployment;
  readonly config: Config;
  /** Whether a wallet was chosen on an earlier visit and not left since. */
  readonly returning: boolean;
}

function Root({ deployment, config, returning }: RootProps): ReactNode {
  return (
    <DeploymentContext value={deployment}>
      <WagmiProvider config={config} reconnectOnMount={returning}>
        <QueryClientProvider client={queryClient}>
          <App />
        </QueryClientProvider>
      </WagmiProvider>
    </DeploymentContext>
  );
}

async function start(): Promise<void> {
  const element = document.getElementById('root');
  if (element === null) throw new Error('index.html has no #root');
  const root = createRoot(element);
  try {
    const deployment = await fetchDeployment();
    const config = createWagmiConfig(deployment);
    // A wallet that trusts this address is still not asked before the person has chosen it here.
    const chosen = await config.storage?.getItem('recentConnectorId');
    root.render(
      <StrictMode>
        <Root deployment={deployment} config={config} returning={typeof chosen === 'string'} />
      </StrictMode>,
    );
  } catch (error) {
    root.render(
      <main>
        <h1>TrueTonne</h1>
        <Failure error={error} what="/deployment.json, which names the chain and the services" />
      </main>,
    );
  }
}

void start();

import { createContext, use } from 'react';
import type { Deployment } from './deployment.ts';

export const DeploymentContext = createContext<Deployment | undefined>(undefined);

/** The deployment that this page was started with. */
export function useDeployment(): Deployment {
  const deployment = use(DeploymentContext);
  if (deployment === undefined) throw new Error('useDeployment outside of its provider');
  return deployment;
}

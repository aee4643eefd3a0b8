export { DeploymentContext, useDeployment } from './context.ts';
export { fetchDeployment, LOCAL_CHAIN_ID, type Deployment } from './deployment.ts';

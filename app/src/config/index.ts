export { DeploymentContext, useDeployment } from './context.ts';
export { fetchDeployment, LOCAL_CHAIN_ID, parseDeployment, type Deployment } from './deployment.ts';

import { buildModule } from '@nomicfoundation/hardhat-ignition/modules';

import TonneRegistry from './TonneRegistry.ts';
import TonneSubscriptions from './TonneSubscriptions.ts';

/** Everything: two transactions. */
export default buildModule('TrueTonne', (module) => {
  const { registry } = module.useModule(TonneRegistry);
  const { subscriptions } = module.useModule(TonneSubscriptions);
  return { registry, subscriptions };
});

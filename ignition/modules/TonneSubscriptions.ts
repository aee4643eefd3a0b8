import { buildModule } from '@nomicfoundation/hardhat-ignition/modules';

/** The subscriptions; their constructor creates the contract of the plans. All three are parameters. */
export default buildModule('TonneSubscriptions', (module) => {
  const roles = ['operator', 'treasury', 'arbiter'].map((name) => module.getParameter(name));
  const subscriptions = module.contract('TonneSubscriptions', roles);
  return { subscriptions };
});

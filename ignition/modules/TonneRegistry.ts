import { buildModule } from '@nomicfoundation/hardhat-ignition/modules';

/** The registry; its constructor creates the credit contract. `admin` is a parameter. */
export default buildModule('TonneRegistry', (module) => {
  const registry = module.contract('TonneRegistry', [module.getParameter('admin')]);
  return { registry };
});

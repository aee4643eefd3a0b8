import { buildModule } from '@nomicfoundation/hardhat-ignition/modules';

/** Roots of closed inventories; the contract has no parameters and no owner. */
export default buildModule('InventoryAnchor', (module) => {
  const inventoryAnchor = module.contract('InventoryAnchor');
  return { inventoryAnchor };
});

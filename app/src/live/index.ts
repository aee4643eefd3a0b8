export { DEVICES_WITH_HISTORY } from './history.ts';
export {
  estimatedGrams,
  sessionEnergy,
  totalPower,
  type Connection,
  type LiveDevice,
  type LiveState,
} from './state.ts';
export { useLive } from './useLive.ts';
export { spaced } from './spaced.ts';
export { powerChart } from './trace.ts';
export { inventoryUrl, watchInventory, type WatchedInventory } from './watchInventory.ts';

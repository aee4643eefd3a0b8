import type { Address } from 'viem';
import type { Device } from '../../../api/indexer/index.ts';

/** What every dialog about a device is given. */
export interface ActionDialogProps {
  /** As it was when the dialog opened: a refresh must not restart a simulation. */
  readonly device: Device;
  readonly account: Address;
  readonly onClose: () => void;
}

/** Hooks over who is what, and who was before. */
import {
  fetchAccreditations,
  fetchOfficeChanges,
  fetchPauses,
  fetchWalletRoles,
  type Accreditation,
  type OfficeChange,
  type Pause,
  type WalletRole,
} from '../api/indexer/index.ts';
import { useIndexedPages, type Pages } from './indexed.ts';

export function useWalletRoles(): Pages<WalletRole> {
  return useIndexedPages(['walletRoles'], fetchWalletRoles);
}

export function useAccreditations(): Pages<Accreditation> {
  return useIndexedPages(['accreditations'], fetchAccreditations);
}

export function usePauses(): Pages<Pause> {
  return useIndexedPages(['pauses'], fetchPauses);
}

export function useOfficeChanges(): Pages<OfficeChange> {
  return useIndexedPages(['officeChanges'], fetchOfficeChanges);
}

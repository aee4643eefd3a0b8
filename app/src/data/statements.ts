/** Hooks over what owners state of calibrations and invoices. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { Hex } from 'viem';
import {
  fetchBatchStatements,
  fetchCalibrations,
  fetchInvoices,
  type BatchStatements,
  type Calibration,
  type MeterInvoice,
} from '../api/index.ts';
import { useMeasured, useMeasuredPages, type CursorPages } from './measured.ts';

/** The newest statement first. */
export function useCalibrations(deviceId: Hex): CursorPages<Calibration> {
  return useMeasuredPages(['calibrations', deviceId], (url, cursor) =>
    fetchCalibrations(url, deviceId, cursor),
  );
}

/** The newest statement first. */
export function useInvoices(projectId: number): CursorPages<MeterInvoice> {
  return useMeasuredPages(['invoices', projectId], (url, cursor) =>
    fetchInvoices(url, projectId, cursor),
  );
}

export function useBatchStatements(batchId: bigint): UseQueryResult<BatchStatements> {
  return useMeasured(['statements', String(batchId)], (url) => fetchBatchStatements(url, batchId));
}

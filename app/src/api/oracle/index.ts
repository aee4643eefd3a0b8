export { batchFileUrl, fetchBatchFile } from './client.ts';

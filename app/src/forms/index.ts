export { checkPast, checkReceiver, checkWatts, type Checked } from './checks.ts';
export { GWP_OPTIONS } from './factorOptions.ts';
export { GasRows } from './GasRows.tsx';

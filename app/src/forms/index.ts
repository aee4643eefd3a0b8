export { checkPast, checkReceiver, checkWatts, type Checked } from './checks.ts';
export { gasLabel, GWP_OPTIONS, hasCo2e } from './factorOptions.ts';
export { GasRows } from './GasRows.tsx';

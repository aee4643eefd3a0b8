export { checkPast, checkReceiver, checkWatts, type Checked } from './checks.ts';
export { GAS_OPTIONS, GWP_OPTIONS, MASS_OPTIONS } from './factorOptions.ts';

export { checkPast, checkReceiver, checkWatts, type Checked } from './checks.ts';

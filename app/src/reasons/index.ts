export { ReasonCode } from './ReasonCode.tsx';
export { titleOf } from './reasons.ts';

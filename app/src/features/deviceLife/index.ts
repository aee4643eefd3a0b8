export { DeviceActions } from './Actions.tsx';
export { LifeCard } from './LifeCard.tsx';

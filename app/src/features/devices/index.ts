export { DevicePage } from './DevicePage.tsx';
export { ProjectDevices } from './ProjectDevices.tsx';
export { ReadingState } from './Readings.tsx';

export { backoffMs, deliverPending, postWindows, type Delivery, type Refusal } from './deliver.ts';
export { claimDevice, openDevice, type Answer, type Device } from './device.ts';
export {
  prepareFleet,
  startFleet,
  type Fleet,
  type FleetOptions,
  type FleetPlan,
} from './fleet.ts';
export { groupReadings, sealHistory, type HistoryOptions, type SealedHistory } from './history.ts';
export { createKey, createKeyIn, findKey, type DeviceKey } from './key.ts';
export {
  readSandiaDay,
  SANDIA_PLANT,
  type SandiaDay,
  type SandiaInverter,
} from './plants/sandia.ts';
export { readSerfSeries, SERF_PLANT, type SerfSeries } from './plants/serf.ts';
export { createMqttSender, type MqttOptions, type MqttSender } from './mqtt.ts';
export { overHttp, postOnce, type PostOptions, type SendWindows, type Verdict } from './post.ts';
export {
  headOfClaim,
  headOfWindow,
  sealWindow,
  signClaim,
  type ChainHead,
  type SealOptions,
  type SignedClaim,
} from './seal.ts';

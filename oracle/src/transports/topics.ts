import type { Hex } from '@truetonne/protocol';

/** Topics of a device (SPEC section 10), and its name at a broker: the device id without 0x. */
export interface DeviceTopics {
  readonly name: string;
  readonly windows: string;
  readonly answers: string;
}

const NAME = /^[0-9a-f]{64}$/;
const WINDOWS_TOPIC = /^tt\/v1\/([0-9a-f]{64})\/windows$/;

export function topicsOf(deviceId: Hex): DeviceTopics {
  const name = deviceId.slice(2);
  return { name, windows: `tt/v1/${name}/windows`, answers: `tt/v1/${name}/answers` };
}

/** The device that a user or client name stands for. */
export function findDeviceId(name: string | undefined): Hex | undefined {
  return name !== undefined && NAME.test(name) ? `0x${name}` : undefined;
}

/** The device whose windows are published on a topic. */
export function findPublisher(topic: string): Hex | undefined {
  return findDeviceId(WINDOWS_TOPIC.exec(topic)?.[1]);
}

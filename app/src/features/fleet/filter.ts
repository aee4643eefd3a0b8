/** What is asked of the fleet, in the address, so that a view can be shared and is there after a reload. */
import { FLEET_STATES, type FleetFilter } from '../../api/index.ts';

/** Addresses are typed and shared: what is no filter in one is left out. */
export function readFilter(address: URLSearchParams): FleetFilter {
  const project = address.get('project') ?? '';
  const state = address.get('state');
  const device = address.get('device');
  return {
    projectId: /^[1-9]\d{0,14}$/.test(project) ? Number(project) : undefined,
    state: FLEET_STATES.find((one) => one === state),
    device: device === null ? undefined : idStartOf(device),
  };
}

export function writeFilter({ projectId, state, device }: FleetFilter): Record<string, string> {
  return {
    ...(projectId === undefined ? {} : { project: String(projectId) }),
    ...(state === undefined ? {} : { state }),
    ...(device === undefined || device === '0x' ? {} : { device }),
  };
}

/** As the oracle looks for it: 0x and lower case; undefined when no id begins like that. */
export function idStartOf(text: string): string | undefined {
  const [, digits] = /^(?:0x)?([0-9a-f]{0,64})$/i.exec(text.trim()) ?? [];
  return digits === undefined ? undefined : `0x${digits.toLowerCase()}`;
}

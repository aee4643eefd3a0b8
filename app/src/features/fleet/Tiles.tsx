import type { ReactNode } from 'react';
import { FLEET_STATES, type FleetState, type FleetSummary } from '../../api/index.ts';
import { count } from '../../ui/index.ts';
import { STATE_WORDS } from './states.ts';

interface TilesProps {
  readonly summary: FleetSummary;
  readonly chosen: FleetState | undefined;
  readonly onChoose: (state: FleetState | undefined) => void;
}

/** How many devices are in each state; a tile filters the table, pressed again it shows all. */
export function Tiles({ summary, chosen, onChoose }: TilesProps): ReactNode {
  return (
    <div className="tiles" role="group" aria-label="Devices by state">
      {FLEET_STATES.map((state) => {
        const { tone, label, meaning } = STATE_WORDS[state];
        const pressed = state === chosen;
        return (
          <button
            key={state}
            type="button"
            className={summary[state] === 0 ? 'tile' : `tile tile-${tone}`}
            title={`${label}: ${meaning}`}
            aria-pressed={pressed}
            onClick={() => onChoose(pressed ? undefined : state)}
          >
            <span className="tile-value">{count(summary[state])}</span>
            <span className="tile-label">{label}</span>
          </button>
        );
      })}
    </div>
  );
}

import { useState, type ReactNode } from 'react';
import { isAddressEqual, type Hex } from 'viem';
import { useConnection } from 'wagmi';
import type { Calibration } from '../../api/index.ts';
import type { Device } from '../../api/indexer/index.ts';
import { useCalibrations } from '../../data/index.ts';
import { Card, MorePages, QueryView, Table } from '../../ui/index.ts';
import { SignedIn } from '../session/index.ts';
import { CalibrationForm } from './CalibrationForm.tsx';
import { correctCalibration, NEW_CALIBRATION, type CalibrationDraft } from './draft.ts';
import { Standing, StatedBy } from './Standing.tsx';

function Calibrations(props: {
  readonly rows: readonly Calibration[];
  readonly onCorrect: ((one: Calibration) => void) | undefined;
}): ReactNode {
  const { rows, onCorrect } = props;
  return (
    <Table
      caption="Calibrations as stated, the newest statement first"
      rows={rows}
      rowKey={({ id }) => String(id)}
      columns={[
        { header: 'Calibrated on', cell: ({ calibratedOn }) => calibratedOn },
        { header: 'Counts until', cell: ({ validUntil }) => validUntil },
        {
          header: 'Permissible error',
          numeric: true,
          cell: ({ permissibleErrorPercent }) => `${permissibleErrorPercent} %`,
        },
        {
          header: 'Error found',
          numeric: true,
          cell: ({ foundErrorPercent }) =>
            foundErrorPercent === undefined ? '–' : `${foundErrorPercent} %`,
        },
        { header: 'Stated', cell: StatedBy },
        {
          header: 'State',
          cell: (one) => (
            <Standing statement={one} onCorrect={onCorrect && (() => onCorrect(one))} />
          ),
        },
      ]}
    />
  );
}

function OwnersPart(props: {
  readonly deviceId: Hex;
  readonly draft: CalibrationDraft | undefined;
  readonly onDraft: (draft: CalibrationDraft | undefined) => void;
}): ReactNode {
  const { deviceId, draft, onDraft } = props;
  if (draft === undefined)
    return (
      <div>
        <button
          type="button"
          className="button button-quiet"
          onClick={() => onDraft(NEW_CALIBRATION)}
        >
          State a calibration
        </button>
      </div>
    );
  return (
    <CalibrationForm
      key={draft.supersedes ?? 'new'}
      deviceId={deviceId}
      initial={draft}
      onDone={() => onDraft(undefined)}
    />
  );
}

/** When the meter was calibrated, as its owner states it; while that is overdue less is credited. */
export function CalibrationCard({ device }: { readonly device: Device }): ReactNode {
  const query = useCalibrations(device.id);
  const { address } = useConnection();
  const [draft, setDraft] = useState<CalibrationDraft>();
  const isOwner = address !== undefined && isAddressEqual(address, device.owner);
  const mayState = isOwner && device.state === 'bound';
  const correct = (one: Calibration): void => setDraft(correctCalibration(one));
  return (
    <Card title="Calibration">
      <QueryView
        query={query}
        what="calibrations"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<p className="muted">No calibration stated.</p>}
      >
        {({ pages }) => (
          <>
            <Calibrations
              rows={pages.flatMap(({ items }) => items)}
              onCorrect={mayState ? correct : undefined}
            />
            <MorePages query={query} what="calibrations" />
          </>
        )}
      </QueryView>
      {mayState && (
        <SignedIn why="Its owner states when it was calibrated." inCard>
          <OwnersPart deviceId={device.id} draft={draft} onDraft={setDraft} />
        </SignedIn>
      )}
    </Card>
  );
}

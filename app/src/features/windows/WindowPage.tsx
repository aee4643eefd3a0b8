import { domainOf, fromHex } from '@truetonne/protocol';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { StoredWindow } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useDevice, useWindow } from '../../data/index.ts';
import {
  Amount,
  Card,
  count,
  dateTime,
  Empty,
  energy,
  Page,
  QueryView,
  shortHex,
  Table,
} from '../../ui/index.ts';
import { checkWindow, type WindowCheck } from './checkWindow.ts';
import { Checks } from './Checks.tsx';
import { HeaderCard } from './HeaderCard.tsx';
import { ReadingCard } from './ReadingCard.tsx';

interface WindowPageProps {
  readonly deviceId: string;
  readonly sequence: string;
  /** Which reading is open. */
  readonly index?: string | undefined;
}

/** Joins the parts as they lie on the wire and checks them here. */
function useCheck(stored: StoredWindow, publicKey: string): UseQueryResult<WindowCheck> {
  const { chainId, registry } = useDeployment();
  const { header, signature, readingsBytes, proof } = stored;
  return useQuery({
    queryKey: ['check', header, signature, readingsBytes, publicKey, proof],
    queryFn: () =>
      checkWindow({
        bytes: fromHex(header + signature.slice(2) + readingsBytes.slice(2)),
        domain: domainOf(chainId, registry),
        publicKey: fromHex(publicKey),
        proof,
      }),
    staleTime: Infinity,
    retry: false,
  });
}

function ReadingTable({ check }: { readonly check: WindowCheck }): ReactNode {
  const { header, readings } = check.window;
  return (
    <Card title={readings.length === 1 ? 'One reading' : `${count(readings.length)} readings`}>
      <Table
        caption="Readings of this window"
        rows={readings.map((reading, index) => ({ ...reading, index }))}
        rowKey={({ index }) => String(index)}
        columns={[
          {
            header: 'Reading',
            cell: ({ at, index }) => (
              <Link href={`/windows/${header.deviceId}/${header.sequence}/${index}`}>
                {index + 1} · {dateTime(at)}
              </Link>
            ),
          },
          {
            header: 'Export register',
            numeric: true,
            cell: ({ exportWh }) => <Amount {...energy(exportWh)} />,
          },
          {
            header: 'Import register',
            numeric: true,
            cell: ({ importWh }) => <Amount {...energy(importWh)} />,
          },
        ]}
      />
    </Card>
  );
}

function WindowBody(props: {
  readonly stored: StoredWindow;
  readonly publicKey: string;
  readonly index: number | undefined;
}): ReactNode {
  const { stored, publicKey } = props;
  const query = useCheck(stored, publicKey);
  return (
    <QueryView query={query} what="check">
      {(check) => {
        const only = check.window.readings.length === 1 ? 0 : undefined;
        const index = props.index ?? only;
        return (
          <>
            {index !== undefined && check.window.readings[index] !== undefined && (
              <ReadingCard check={check} stored={stored} index={index} />
            )}
            <Checks check={check} batchId={stored.batchId} />
            <HeaderCard check={check} proof={stored.proof} />
            <ReadingTable check={check} />
          </>
        );
      }}
    </QueryView>
  );
}

/** A window: its readings, its signature and the way to the root, all checked here. */
export function WindowPage({ deviceId, sequence, index }: WindowPageProps): ReactNode {
  const stored = useWindow(deviceId, sequence);
  const device = useDevice(deviceId.toLowerCase());
  return (
    <Page
      title={`Window ${sequence}`}
      lead={`Signed by device ${shortHex(deviceId)}`}
      back={{ href: `/devices/${deviceId}`, label: `Device ${shortHex(deviceId)}` }}
    >
      <QueryView
        query={stored}
        what="window"
        isEmpty={(window) => window === null}
        empty={<Empty title="The oracle holds no such window" />}
      >
        {(window) => (
          <QueryView
            query={device}
            what="device"
            isEmpty={(known) => known === null}
            empty={<Empty title="The chain knows no device with this id" />}
          >
            {(known) =>
              window !== null &&
              known !== null && (
                <WindowBody
                  stored={window}
                  publicKey={known.publicKey}
                  index={index === undefined ? undefined : Number(index)}
                />
              )
            }
          </QueryView>
        )}
      </QueryView>
    </Page>
  );
}

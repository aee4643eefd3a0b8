import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useConnection } from 'wagmi';
import { Link } from 'wouter';
import {
  certificateName,
  useCancellations,
  useCertificateBalances,
  type HeldCertificates,
} from '../../data/index.ts';
import { Card, count, Empty, Moment, MorePages, Page, QueryView, Table } from '../../ui/index.ts';
import {
  AccountFilter,
  useAskedAccount,
  useRightNetwork,
  WalletMenuButton,
} from '../wallet/index.ts';
import { CancelDialog, SendDialog } from './Dialogs.tsx';

interface Doing {
  readonly what: 'cancel' | 'send';
  readonly held: HeldCertificates;
}

function Actions(props: {
  readonly held: HeldCertificates;
  readonly onStart: (doing: Doing) => void;
}): ReactNode {
  const { held, onStart } = props;
  const disabled = !useRightNetwork();
  return (
    <div className="row">
      <button
        type="button"
        className="button button-small"
        disabled={disabled}
        aria-label={`Cancel certificates of ${held.name}`}
        onClick={() => onStart({ what: 'cancel', held })}
      >
        Cancel
      </button>
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={disabled}
        aria-label={`Transfer certificates of ${held.name}`}
        onClick={() => onStart({ what: 'send', held })}
      >
        Transfer
      </button>
    </div>
  );
}

function Holdings({ account }: { readonly account: Address }): ReactNode {
  const query = useCertificateBalances(account);
  const [doing, setDoing] = useState<Doing>();
  const close = (): void => setDoing(undefined);
  return (
    <Card title="Your energy certificates">
      <QueryView
        query={query}
        what="your certificates"
        isEmpty={(rows) => rows.length === 0}
        empty={
          <Empty title="This wallet holds no energy certificates">
            <p>
              The owner of a project chooses on its page to claim what it generates as certificates,
              and mints them under <Link href="/credits">Credits</Link>.
            </p>
          </Empty>
        }
      >
        {(rows) => (
          <Table
            caption="Certificates in your wallet"
            rows={rows}
            rowKey={({ certificateId }) => String(certificateId)}
            columns={[
              { header: 'Certificate', cell: ({ name }) => name },
              { header: 'Id', cell: ({ certificateId }) => <code>{String(certificateId)}</code> },
              {
                header: 'MWh',
                numeric: true,
                cell: ({ certificates }) => count(certificates),
              },
              { header: 'Actions', cell: (held) => <Actions held={held} onStart={setDoing} /> },
            ]}
          />
        )}
      </QueryView>
      {doing?.what === 'cancel' && (
        <CancelDialog held={doing.held} account={account} onClose={close} />
      )}
      {doing?.what === 'send' && <SendDialog held={doing.held} account={account} onClose={close} />}
    </Card>
  );
}

function Cancellations({ account }: { readonly account: Address | undefined }): ReactNode {
  const query = useCancellations(account);
  return (
    <Card title="Cancelled">
      <QueryView
        query={query}
        what="cancellations"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Empty title="No certificate has been cancelled yet" />}
      >
        {({ pages }) => (
          <>
            <Table
              caption="Certificates that were used up, newest first"
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ id }) => String(id)}
              columns={[
                {
                  header: 'When',
                  cell: ({ id, at }) => (
                    <Link href={`/energy/${String(id)}`}>
                      <Moment at={at} />
                    </Link>
                  ),
                },
                { header: 'Certificate', cell: certificateName },
                {
                  header: 'MWh',
                  numeric: true,
                  cell: ({ certificates }) => count(certificates),
                },
                {
                  header: 'Serials',
                  cell: ({ firstSerial, certificates }) =>
                    `${count(firstSerial)} – ${count(firstSerial + certificates - 1n)}`,
                },
                {
                  header: 'Beneficiary',
                  cell: ({ beneficiary }) =>
                    beneficiary === '' ? 'the wallet itself' : beneficiary,
                },
                { header: 'Purpose', cell: ({ purpose }) => purpose },
              ]}
            />
            <MorePages query={query} what="cancellations" />
          </>
        )}
      </QueryView>
    </Card>
  );
}

/** Electricity that was claimed as such, not as avoided CO2e: what the wallet holds, and what was used up. */
export function EnergyPage(): ReactNode {
  const { address } = useConnection();
  const asked = useAskedAccount();
  return (
    <Page
      title="Energy certificates"
      lead="One certificate is 1 MWh that a device signed. What is claimed as electricity is never claimed as a carbon credit too."
    >
      {address === undefined ? (
        <Card title="Your energy certificates">
          <Empty title="No wallet is connected">
            <WalletMenuButton />
          </Empty>
        </Card>
      ) : (
        <Holdings key={address} account={address} />
      )}
      <AccountFilter label="Cancelled by" />
      <Cancellations key={asked} account={asked} />
    </Page>
  );
}

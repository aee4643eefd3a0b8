import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Retirement } from '../../api/indexer/index.ts';
import { PdfButton, type PrintedCertificate } from '../../certificatePdf/index.ts';
import { useRetirement } from '../../data/index.ts';
import {
  Amount,
  Card,
  count,
  date,
  Empty,
  Facts,
  fixedPoint,
  Hash,
  Moment,
  Page,
  QueryView,
  tonnes,
} from '../../ui/index.ts';
import { Provenance } from '../provenance/index.ts';
import { BeneficiaryCard } from './BeneficiaryCard.tsx';
import { beneficiaryOf } from './beneficiary.ts';
import { CheckCard } from './CheckCard.tsx';
import type { CertificateToken } from './token.ts';
import { useToken } from './useToken.ts';

function printed(retirement: Retirement, token: CertificateToken): PrintedCertificate {
  const { id, account, grams, at, creditId, firstSerial } = retirement;
  const last = firstSerial + grams - 1n;
  return {
    name: `certificate-${String(id)}`,
    title: token.name,
    image: token.image,
    path: `/certificates/${String(id)}`,
    lines: [
      `TrueTonne retirement certificate ${String(id)}`,
      `${fixedPoint(grams, 6)} t CO2e, credit ${String(creditId)}, serials ${String(firstSerial)} to ${String(last)}, retired on ${date(at)}`,
      `In the name of ${account}, who holds the certificate: ${token.owner}`,
    ],
  };
}

/** The picture as the contract draws it. */
function Picture({ retirement }: { readonly retirement: Retirement }): ReactNode {
  const query = useToken(retirement.id, true);
  return (
    <Card title="Certificate">
      <QueryView query={query} what="certificate">
        {(token) => (
          <>
            <img className="certificate-picture" src={token.image} alt={token.description} />
            <div className="row">
              <PdfButton certificate={printed(retirement, token)} />
              <a
                className="button button-quiet"
                href={token.image}
                download={`certificate-${String(retirement.id)}.svg`}
              >
                Download as SVG
              </a>
            </div>
          </>
        )}
      </QueryView>
    </Card>
  );
}

function Summary({ retirement }: { readonly retirement: Retirement }): ReactNode {
  const { grams, firstSerial, credit, creditId, periodFrom, periodUntil } = retirement;
  return (
    <Card title="What was retired">
      <Facts
        items={[
          { label: 'Amount', value: <Amount {...tonnes(grams)} /> },
          { label: 'Beneficiary', value: beneficiaryOf(retirement) },
          { label: 'Purpose', value: retirement.purpose },
          ...(periodFrom === undefined || periodUntil === undefined
            ? []
            : [{ label: 'Period', value: `${date(periodFrom)} to ${date(periodUntil)}` }]),
          { label: 'Retired', value: <Moment at={retirement.at} /> },
          {
            label: 'Project',
            value: credit && (
              <Link href={`/projects/${credit.projectId}`}>
                {credit.project?.name ?? `Project ${credit.projectId}`}
              </Link>
            ),
          },
          { label: 'Vintage', value: credit && String(credit.vintage) },
          { label: 'Credit', value: String(creditId) },
          {
            label: 'Serials',
            value: `${count(firstSerial)} – ${count(firstSerial + grams - 1n)}`,
          },
          {
            label: 'In the name of',
            value: <Hash value={retirement.account} what="address" full />,
            wide: true,
          },
          {
            label: 'Transaction',
            value: <Hash value={retirement.transactionHash} what="transaction hash" full />,
            wide: true,
          },
        ]}
      />
    </Card>
  );
}

function Body({ retirement }: { readonly retirement: Retirement }): ReactNode {
  const { creditId, firstSerial, grams, certificate } = retirement;
  return (
    <>
      {certificate !== undefined && <Picture retirement={retirement} />}
      <Summary retirement={retirement} />
      <BeneficiaryCard retirement={retirement} />
      <CheckCard retirement={retirement} />
      <Provenance creditId={creditId} first={firstSerial} last={firstSerial + grams - 1n} />
    </>
  );
}

function KnownCertificate({ id }: { readonly id: bigint }): ReactNode {
  const query = useRetirement(id);
  const certified = query.data?.certificate !== undefined;
  return (
    <Page
      title={certified ? 'Retirement certificate' : 'Retirement'}
      lead={`Number ${String(id)}`}
      back={{ href: '/certificates', label: 'All retirements' }}
    >
      <QueryView
        query={query}
        what="retirement"
        isEmpty={(retirement) => retirement === null}
        empty={
          <Empty title="No retirement has this number">
            <p>It may not have reached this page yet: it appears within seconds.</p>
          </Empty>
        }
      >
        {(retirement) => retirement !== null && <Body retirement={retirement} />}
      </QueryView>
    </Page>
  );
}

/** A retirement for everyone to see and check, with its certificate where there is one. */
export function CertificatePage({ id }: { readonly id: string }): ReactNode {
  if (/^\d{1,40}$/.test(id)) return <KnownCertificate id={BigInt(id)} />;
  return (
    <Page title="No such certificate" back={{ href: '/certificates', label: 'All retirements' }}>
      <Empty title={`"${id}" is not the number of a certificate`} />
    </Page>
  );
}

import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { batchExportUrl } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useCertified } from '../../data/index.ts';
import { Card, Figures, QueryView, tonnes } from '../../ui/index.ts';

/** A batch as other registries count it: whole tonnes, and files to take along. */
export function BatchExports(props: {
  readonly batchId: bigint;
  readonly projectId: number;
}): ReactNode {
  const { batchId, projectId } = props;
  const { oracleUrl } = useDeployment();
  const query = useCertified(batchId);
  return (
    <Card title="For other registries">
      <QueryView query={query} what="certified tonnes">
        {({ certified }) =>
          certified === undefined ? null : (
            <Figures
              items={[
                {
                  label: 'Certified, whole tonnes',
                  quantity: { value: String(certified.tonnes), unit: 't CO₂e' },
                  note: 'with what was carried in',
                },
                { label: 'Carried to the next batch', quantity: tonnes(certified.carriedGrams) },
              ]}
            />
          )
        }
      </QueryView>
      <ul className="plain-list">
        <li>
          <Link href={`/projects/${projectId}/versions?batch=${String(batchId)}`}>
            What it would earn under other methodology versions
          </Link>
        </li>
        <li>
          <a href={batchExportUrl(oracleUrl, batchId, 'monitoring-report')} download>
            Monitoring report, a W3C Verifiable Credential (JSON)
          </a>
        </li>
        <li>
          <a href={batchExportUrl(oracleUrl, batchId, 'cad-trust')} download>
            Records for CAD Trust (JSON)
          </a>
        </li>
      </ul>
    </Card>
  );
}

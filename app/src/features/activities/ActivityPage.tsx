import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import {
  deleteActivity,
  fetchActivity,
  fetchActivityHistory,
  fetchExplanation,
  type Activity,
  type Versioned,
} from '../../api/index.ts';
import { useOwn, useWrite } from '../../data/index.ts';
import {
  Card,
  ConfirmButton,
  Facts,
  Moment,
  Notice,
  QueryView,
  Refusal,
  Table,
} from '../../ui/index.ts';
import {
  isEditor,
  OrganisationPage,
  useOrganisation,
  WorkspaceName,
} from '../organisations/index.ts';
import { CitationCard } from './CitationCard.tsx';
import { ExplainedLines } from './ExplainedLines.tsx';
import { inputsOf, methodName } from './words.ts';

function Delete({ value, etag }: Versioned<Activity>): ReactNode {
  const { id } = useOrganisation();
  const [, go] = useLocation();
  const deleting = useWrite(
    (writer, which: string) => deleteActivity(writer, id, which, etag),
    () => go(`/activities?organisation=${id}`),
  );
  return (
    <>
      <div>
        <ConfirmButton
          text="Take it out of the inventory"
          consequence="It counts no more; its history stays."
          disabled={deleting.isPending}
          onConfirm={() => deleting.mutate(value.id)}
        />
      </div>
      <Refusal error={deleting.error} what="It is still in the inventory" />
    </>
  );
}

function Details(versioned: Versioned<Activity>): ReactNode {
  const { id, role } = useOrganisation();
  const { value } = versioned;
  const { input, evidence, engineVersion, change } = value;
  return (
    <Card title={methodName(input.method)}>
      <Facts
        items={[
          { label: 'Number', value: value.id },
          { label: 'Day on which it ended', value: input.date },
          { label: 'Workspace', value: <WorkspaceName which={value.workspaceId} /> },
          { label: 'Site', value: input.site ?? 'none named' },
          { label: 'Region', value: input.region ?? 'none named' },
          { label: 'Inputs', value: inputsOf(value) },
          { label: 'Evidence', value: evidence === '' ? 'none named' : evidence },
          { label: 'Engine', value: engineVersion },
        ]}
      />
      {change === 'deleted' ? (
        <Notice tone="warn" title="It was taken out of the inventory; its history stays" />
      ) : (
        isEditor(role) && (
          <>
            <div>
              <Link href={`/activities/${value.id}/change?organisation=${id}`}>Correct it</Link>
            </div>
            <Delete {...versioned} />
          </>
        )
      )}
    </Card>
  );
}

function History({ which }: { readonly which: string }): ReactNode {
  const { id } = useOrganisation();
  const query = useOwn([id, 'activity-history', which], (oracleUrl) =>
    fetchActivityHistory(oracleUrl, id, which),
  );
  return (
    <Card title="History">
      <QueryView query={query} what="history">
        {(versions) => (
          <Table
            caption="Versions of this activity"
            rows={versions}
            rowKey={({ version }) => String(version)}
            columns={[
              { header: 'Version', cell: ({ version }) => version, numeric: true },
              { header: 'When', cell: ({ changedAt }) => <Moment at={changedAt} /> },
              { header: 'What', cell: ({ change }) => change },
              { header: 'Who', cell: ({ actor }) => <span className="small wrap">{actor}</span> },
              { header: 'Inputs', cell: (one) => <span className="small">{inputsOf(one)}</span> },
            ]}
          />
        )}
      </QueryView>
    </Card>
  );
}

function Opened({ which }: { readonly which: string }): ReactNode {
  const { id } = useOrganisation();
  const activity = useOwn([id, 'activity', which], (oracleUrl) =>
    fetchActivity(oracleUrl, id, which),
  );
  const explanation = useOwn([id, 'explanation', which], (oracleUrl) =>
    fetchExplanation(oracleUrl, id, which),
  );
  return (
    <>
      <QueryView query={activity} what="activity">
        {(versioned) => (
          <>
            <Details {...versioned} />
            {versioned.value.readings !== undefined && (
              <CitationCard which={which} readings={versioned.value.readings} />
            )}
          </>
        )}
      </QueryView>
      <QueryView query={explanation} what="explanation">
        {(explained) => (
          <>
            {!explained.current && (
              <Notice tone="warn" title="A factor or rule changed since this was computed">
                <p className="small">
                  {explained.problem?.detail} The kept result stands until it is computed anew.
                </p>
              </Notice>
            )}
            <ExplainedLines explained={explained} />
          </>
        )}
      </QueryView>
      <History which={which} />
    </>
  );
}

/** One activity, down to inputs, factor, source, rule and rounding. */
export function ActivityPage({ id }: { readonly id: string }): ReactNode {
  return (
    <OrganisationPage title="Activity">
      <Opened which={id} />
    </OrganisationPage>
  );
}

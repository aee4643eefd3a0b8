import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import {
  changeActivity,
  fetchActivity,
  fetchMethods,
  type Activity,
  type ActivityBody,
  type Versioned,
} from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useOwn, useWrite } from '../../data/index.ts';
import { Empty, QueryView, Refusal } from '../../ui/index.ts';
import { OrganisationPage, useOrganisation } from '../organisations/index.ts';
import { ActivityForm } from './ActivityForm.tsx';
import { Editing } from './Editing.tsx';
import { fromActivity } from './draft.ts';

interface KeepProps {
  readonly which: { readonly id: string; readonly etag: string };
  readonly body: ActivityBody;
}

function Keep({ which, body }: KeepProps): ReactNode {
  const { id } = useOrganisation();
  const [, go] = useLocation();
  const changing = useWrite(
    (writer, sent: ActivityBody) => changeActivity(writer, id, which, sent),
    () => go(`/activities/${which.id}?organisation=${id}`),
  );
  return (
    <>
      <div>
        <button
          type="button"
          className="button"
          disabled={changing.isPending}
          onClick={() => changing.mutate(body)}
        >
          Keep it as a new version
        </button>
      </div>
      <Refusal error={changing.error} what="It stays as it was" />
    </>
  );
}

function Change({ value, etag }: Versioned<Activity>): ReactNode {
  const { id } = useOrganisation();
  const { oracleUrl } = useDeployment();
  const methods = useQuery({ queryKey: ['methods'], queryFn: () => fetchMethods(oracleUrl) });
  const start = fromActivity(value);
  if (start === undefined) {
    return (
      <Empty title="It has more items or gases than this form shows">
        <p>
          Change it by the API, or{' '}
          <Link href={`/activities/${value.id}?organisation=${id}`}>take it out</Link> and log it
          anew.
        </p>
      </Empty>
    );
  }
  return (
    <QueryView query={methods} what="methods">
      {(all) => (
        <ActivityForm
          methods={all}
          workspaceId={value.workspaceId}
          start={start}
          title={`Correct activity ${value.id}`}
          keep={(body) => <Keep which={{ id: value.id, etag }} body={body} />}
        />
      )}
    </QueryView>
  );
}

function Loaded({ which }: { readonly which: string }): ReactNode {
  const { id } = useOrganisation();
  const query = useOwn([id, 'activity', which], (oracleUrl) => fetchActivity(oracleUrl, id, which));
  return (
    <QueryView query={query} what="activity">
      {(versioned) => <Change {...versioned} />}
    </QueryView>
  );
}

/** Corrects an activity; the version before stays in its history. */
export function ChangeActivityPage({ id }: { readonly id: string }): ReactNode {
  return (
    <OrganisationPage
      title="Correct an activity"
      lead="What it comes to then is shown first; what stood before stays in its history."
    >
      <Editing>
        <Loaded which={id} />
      </Editing>
    </OrganisationPage>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { fetchMethods, logActivity, type ActivityBody } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useWrite } from '../../data/index.ts';
import { QueryView, Refusal } from '../../ui/index.ts';
import { InWorkspace, OrganisationPage, useOrganisation } from '../organisations/index.ts';
import { ActivityForm } from './ActivityForm.tsx';
import { Editing } from './Editing.tsx';
import { EMPTY } from './draft.ts';

function Keep({ body }: { readonly body: ActivityBody }): ReactNode {
  const { id } = useOrganisation();
  const [, go] = useLocation();
  const logging = useWrite(
    (writer, sent: ActivityBody) => logActivity(writer, id, sent),
    (made) => go(`/activities/${made.id}?organisation=${id}`),
  );
  return (
    <>
      <div>
        <button
          type="button"
          className="button"
          disabled={logging.isPending}
          onClick={() => logging.mutate(body)}
        >
          Log it
        </button>
      </div>
      <Refusal error={logging.error} what="It was not logged" />
    </>
  );
}

function NewActivity(): ReactNode {
  const { oracleUrl } = useDeployment();
  const methods = useQuery({ queryKey: ['methods'], queryFn: () => fetchMethods(oracleUrl) });
  return (
    <QueryView query={methods} what="methods">
      {(all) => (
        <InWorkspace>
          {(workspaceId) => (
            <ActivityForm
              methods={all}
              workspaceId={workspaceId}
              start={EMPTY}
              title="What was done"
              keep={(body) => <Keep body={body} />}
            />
          )}
        </InWorkspace>
      )}
    </QueryView>
  );
}

/** Logs one activity; the factor and the result are seen before anything is kept. */
export function NewActivityPage(): ReactNode {
  return (
    <OrganisationPage
      title="Log an activity"
      lead="The factor and the result are shown before anything is kept."
    >
      <Editing>
        <NewActivity />
      </Editing>
    </OrganisationPage>
  );
}

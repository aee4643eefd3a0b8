import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { endPlace, endSession, fetchPlaces } from '../../api/index.ts';
import { useKeepSession, useOwn, useSignedIn, useWrite } from '../../data/index.ts';
import { Ago, Badge, Card, QueryView, Refusal, Table } from '../../ui/index.ts';

/** Where this wallet is signed in, and the way out of each place. */
export function PlacesCard(): ReactNode {
  const writer = useSignedIn();
  const keep = useKeepSession();
  const query = useOwn(['places'], fetchPlaces);
  const ending = useWrite(endPlace);
  const leaving = useMutation({
    mutationFn: () => endSession(writer),
    onSuccess: () => keep(null),
  });
  return (
    <Card title="Where this wallet is signed in">
      <QueryView query={query} what="sessions">
        {(all) => (
          <Table
            caption="Sessions"
            rows={all}
            rowKey={({ id }) => id}
            columns={[
              { header: 'Browser', cell: ({ agent }) => <span className="small">{agent}</span> },
              { header: 'Last seen', cell: ({ seenAt }) => <Ago at={seenAt} /> },
              {
                header: 'Sign out',
                cell: ({ id, current }) =>
                  current ? (
                    <Badge tone="good">This one</Badge>
                  ) : (
                    <button
                      type="button"
                      className="button button-quiet button-small"
                      disabled={ending.isPending}
                      onClick={() => ending.mutate(id)}
                    >
                      Sign out
                    </button>
                  ),
              },
            ]}
          />
        )}
      </QueryView>
      <div>
        <button
          type="button"
          className="button button-quiet"
          disabled={leaving.isPending}
          onClick={() => leaving.mutate()}
        >
          Sign out here
        </button>
      </div>
      <Refusal error={ending.error ?? leaving.error} what="It is still signed in" />
    </Card>
  );
}

import { useState, type ReactNode } from 'react';
import {
  fetchPrivateFactors,
  replaceFactor,
  uploadFactor,
  withdrawFactor,
  type PrivateFactor,
  type PrivateFactorBody,
} from '../../api/index.ts';
import { useOwn, useWrite } from '../../data/index.ts';
import {
  Card,
  ConfirmButton,
  count,
  Dialog,
  Empty,
  Notice,
  QueryView,
  Refusal,
  Table,
} from '../../ui/index.ts';
import { isEditor, OrganisationPage, useOrganisation } from '../organisations/index.ts';
import { EMPTY, fromFactor } from './draft.ts';
import { FactorForm } from './FactorForm.tsx';

function Upload(): ReactNode {
  const { id } = useOrganisation();
  const [round, setRound] = useState(0);
  const sending = useWrite(
    (writer, body: PrivateFactorBody) => uploadFactor(writer, id, body),
    () => setRound(round + 1),
  );
  return (
    <Card title="Upload a factor">
      <FactorForm
        key={round}
        start={EMPTY}
        label="Upload it"
        isPending={sending.isPending}
        error={sending.error}
        onSend={(body) => sending.mutate(body)}
      />
    </Card>
  );
}

const activities = (number: number): string =>
  number === 1 ? '1 activity was' : `${count(number)} activities were`;

function Replace(props: {
  readonly factor: PrivateFactor;
  readonly onClose: () => void;
}): ReactNode {
  const { factor, onClose } = props;
  const { id } = useOrganisation();
  const sending = useWrite((writer, body: PrivateFactorBody) =>
    replaceFactor(writer, id, factor, body),
  );
  const start = fromFactor(factor, '');
  return (
    <Dialog title={`A new version of ${factor.name}`} onClose={onClose}>
      {start === undefined ? (
        <Empty title="It has a category or notes, which this form does not show">
          <p>Give its new version by the API, so that nothing of it is lost.</p>
        </Empty>
      ) : sending.data === undefined ? (
        <FactorForm
          start={start}
          label="Keep the new version"
          isPending={sending.isPending}
          error={sending.error}
          onSend={(body) => sending.mutate(body)}
        />
      ) : (
        <>
          <Notice
            tone="good"
            title={`${activities(sending.data.recalculated)} computed anew with it`}
          />
          {sending.data.failed.length > 0 && (
            <Notice tone="warn" title={`${sending.data.failed.length} keep what they came to`}>
              <ul className="small">
                {sending.data.failed.map((one) => (
                  <li key={one.id}>
                    Activity {one.id}: {one.detail}
                  </li>
                ))}
              </ul>
            </Notice>
          )}
        </>
      )}
    </Dialog>
  );
}

function Acts({ factor }: { readonly factor: PrivateFactor }): ReactNode {
  const { id } = useOrganisation();
  const [replacing, setReplacing] = useState(false);
  const withdrawing = useWrite((writer, one: PrivateFactor) => withdrawFactor(writer, id, one));
  return (
    <>
      <span className="row">
        <button
          type="button"
          className="button button-quiet button-small"
          onClick={() => setReplacing(true)}
        >
          New version
        </button>
        <ConfirmButton
          text="Withdraw"
          consequence="Nobody finds it any more; what was computed with it stands."
          disabled={withdrawing.isPending}
          onConfirm={() => withdrawing.mutate(factor)}
        />
      </span>
      <Refusal error={withdrawing.error} what="It is still in use" />
      {replacing && <Replace factor={factor} onClose={() => setReplacing(false)} />}
    </>
  );
}

function PrivateFactors(): ReactNode {
  const { id, role } = useOrganisation();
  const query = useOwn([id, 'private-factors'], (oracleUrl) =>
    fetchPrivateFactors(oracleUrl, id, {}),
  );
  return (
    <>
      <Card title="Private factors">
        <QueryView
          query={query}
          what="factors"
          isEmpty={(factors) => factors.length === 0}
          empty={<Empty title="The organisation has uploaded none" />}
        >
          {(factors) => (
            <Table
              caption="Factors of the organisation"
              rows={factors}
              rowKey={({ id: factor }) => factor}
              columns={[
                { header: 'Factor', cell: ({ name }) => name },
                { header: 'As published', cell: ({ published }) => published },
                { header: 'Region', cell: ({ region }) => region },
                { header: 'Valid', cell: (one) => `${one.validFrom} to ${one.validTo}` },
                { header: 'Version', cell: ({ set }) => set.split('.').at(-1) ?? '' },
                { header: '', cell: (factor) => isEditor(role) && <Acts factor={factor} /> },
              ]}
            />
          )}
        </QueryView>
      </Card>
      {isEditor(role) && <Upload />}
    </>
  );
}

/** Factors that the organisation brings itself, each with its source. */
export function PrivateFactorsPage(): ReactNode {
  return (
    <OrganisationPage
      title="Private factors"
      lead="What no public set has: a supplier's certificate, a local heat network. Each names its source, and a new version never overwrites one."
    >
      <PrivateFactors />
    </OrganisationPage>
  );
}

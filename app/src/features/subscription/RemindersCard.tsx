import type { ReminderStage } from '@truetonne/protocol';
import type { ReactNode } from 'react';
import {
  fetchNotificationSettings,
  fetchReminders,
  markReminderSeen,
  type SentReminder,
} from '../../api/index.ts';
import { useOwn, useWrite } from '../../data/index.ts';
import { REMINDER_TONES } from '../../plans/index.ts';
import { Badge, Card, Empty, Moment, QueryView, Refusal, Table } from '../../ui/index.ts';
import { SignedIn } from '../session/index.ts';
import { NotificationForms } from './NotificationForms.tsx';

const STAGE_NAMES: Readonly<Record<ReminderStage, string>> = {
  info: 'Information',
  warning: 'Warning',
  critical: 'Critical',
  expired: 'Expired',
};

function List({ reminders }: { readonly reminders: readonly SentReminder[] }): ReactNode {
  const marking = useWrite(markReminderSeen);
  return (
    <>
      <Table
        caption="Reminders"
        rows={reminders}
        rowKey={({ id }) => String(id)}
        columns={[
          {
            header: 'Reminder',
            cell: ({ stage }) => <Badge tone={REMINDER_TONES[stage]}>{STAGE_NAMES[stage]}</Badge>,
          },
          { header: 'Paid until', cell: ({ paidUntil }) => <Moment at={paidUntil} /> },
          { header: 'Made', cell: ({ createdAt }) => <Moment at={createdAt} /> },
          {
            header: 'Seen',
            cell: ({ id, seenAt }) =>
              seenAt === undefined ? (
                <button
                  type="button"
                  className="button button-quiet button-small"
                  disabled={marking.isPending}
                  onClick={() => marking.mutate(id)}
                >
                  Mark as seen
                </button>
              ) : (
                <Moment at={seenAt} />
              ),
          },
        ]}
      />
      <Refusal error={marking.error} what="It was not marked" />
    </>
  );
}

function Own(): ReactNode {
  // The first one may be made seconds after a wallet has signed in for the first time.
  const reminders = useOwn(['reminders'], fetchReminders, (all) => all.length === 0);
  const settings = useOwn(['notification-settings'], fetchNotificationSettings);
  return (
    <Card title="Reminders">
      <QueryView
        query={reminders}
        what="reminders"
        isEmpty={(all) => all.length === 0}
        empty={
          <Empty title="No reminder yet">
            <p>They come 14, 7 and 3 days before the paid time ends, and when it is over.</p>
          </Empty>
        }
      >
        {(all) => <List reminders={all} />}
      </QueryView>
      <QueryView query={settings} what="where reminders go">
        {(found) => <NotificationForms settings={found} />}
      </QueryView>
    </Card>
  );
}

/** Reminders of paid time that ends, and where else they go. */
export function RemindersCard(): ReactNode {
  return (
    <SignedIn why="Signed in, you may have reminders sent by e-mail or to a webhook.">
      <Own />
    </SignedIn>
  );
}

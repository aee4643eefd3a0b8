import { useState, type ReactNode } from 'react';
import {
  confirmEmail,
  saveNotificationSettings,
  type NotificationChange,
  type NotificationSettings,
} from '../../api/index.ts';
import { useWrite } from '../../data/index.ts';
import { Notice, Refusal, TextField } from '../../ui/index.ts';

/** Takes the code that was sent to a new address. */
function ConfirmEmail({ address }: { readonly address: string }): ReactNode {
  const [code, setCode] = useState('');
  const confirming = useWrite(confirmEmail);
  return (
    <Notice tone="plain" title={`A code was sent to ${address}`}>
      <TextField label="Code" value={code} onChange={setCode} inputMode="decimal" maxLength={6} />
      <div>
        <button
          type="button"
          className="button"
          disabled={!/^\d{6}$/.test(code) || confirming.isPending}
          onClick={() => confirming.mutate(code)}
        >
          Confirm the address
        </button>
      </div>
      <Refusal error={confirming.error} what="It is not confirmed" />
    </Notice>
  );
}

interface LineProps {
  readonly label: string;
  readonly hint: string;
  /** As the service has it. */
  readonly saved: string | undefined;
  readonly busy: boolean;
  readonly onSave: (value: string | null) => void;
}

/** One line of the settings; empty is nowhere. */
function Line({ label, hint, saved = '', busy, onSave }: LineProps): ReactNode {
  const [typed, setTyped] = useState(saved);
  const value = typed.trim();
  return (
    <form
      className="stack-small"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(value === '' ? null : value);
      }}
    >
      <TextField label={label} hint={hint} value={typed} onChange={setTyped} maxLength={500} />
      <div>
        <button type="submit" className="button button-quiet" disabled={busy || value === saved}>
          {value === '' && saved !== '' ? 'Turn it off' : 'Save'}
        </button>
      </div>
    </form>
  );
}

/** Where reminders go beside this page: an e-mail address, a webhook. */
export function NotificationForms({
  settings,
}: {
  readonly settings: NotificationSettings;
}): ReactNode {
  const { emailOffered, email, newEmail, webhookUrl } = settings;
  const saving = useWrite(saveNotificationSettings);
  const save = (change: NotificationChange): void => saving.mutate(change);
  const secret = saving.data?.webhookSecret;
  return (
    <div className="stack">
      {emailOffered ? (
        <Line
          key={`mail ${newEmail ?? email ?? ''}`}
          label="E-mail"
          hint="Kept by the service alone, never on the chain. Empty: none."
          saved={newEmail ?? email}
          busy={saving.isPending}
          onSave={(value) => save({ email: value })}
        />
      ) : (
        <p className="small muted">This service sends no e-mail; a webhook can.</p>
      )}
      {newEmail !== undefined && <ConfirmEmail key={newEmail} address={newEmail} />}
      <Line
        key={`hook ${webhookUrl ?? ''}`}
        label="Webhook"
        hint="An https address that is called with each reminder. Empty: none."
        saved={webhookUrl}
        busy={saving.isPending}
        onSave={(value) => save({ webhookUrl: value })}
      />
      {secret !== undefined && (
        <Notice tone="good" title="Keep the webhook's secret: it is shown once">
          <p>
            <code className="wrap">{secret}</code>
          </p>
        </Notice>
      )}
      <Refusal error={saving.error} what="It was not saved" />
    </div>
  );
}

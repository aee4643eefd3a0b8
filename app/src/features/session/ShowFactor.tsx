import { useState, type ReactNode } from 'react';
import { showCode, showPasskey, type SecondFactor } from '../../api/index.ts';
import { useWrite } from '../../data/index.ts';
import { Notice, Refusal, TextField } from '../../ui/index.ts';

/** Shows the second factor, so that dangerous acts are allowed for five minutes. */
export function ShowFactor(props: {
  readonly factors: readonly SecondFactor[];
  readonly onShown?: () => void;
}): ReactNode {
  const { factors, onShown } = props;
  const [code, setCode] = useState('');
  const byCode = useWrite(showCode, () => {
    setCode('');
    onShown?.();
  });
  const byPasskey = useWrite((writer) => showPasskey(writer), onShown);
  const has = (kind: SecondFactor['kind']): boolean => factors.some((one) => one.kind === kind);
  return (
    <div className="stack-small">
      <p className="small muted">
        Changing roles, making keys and closing periods ask for it; it is good for five minutes.
      </p>
      <div className="row">
        {has('totp') && (
          <>
            <TextField
              label="Code of the app"
              value={code}
              onChange={setCode}
              inputMode="decimal"
              maxLength={6}
            />
            <button
              type="button"
              className="button"
              disabled={!/^\d{6}$/.test(code) || byCode.isPending}
              onClick={() => byCode.mutate(code)}
            >
              Show the code
            </button>
          </>
        )}
        {has('passkey') && (
          <button
            type="button"
            className="button button-quiet"
            disabled={byPasskey.isPending}
            onClick={() => byPasskey.mutate(undefined)}
          >
            Show the passkey
          </button>
        )}
      </div>
      <Refusal error={byCode.error ?? byPasskey.error} what="It was not taken" />
      {(byCode.isSuccess || byPasskey.isSuccess) && (
        <Notice tone="good" role="status" title="Shown: you have five minutes" />
      )}
    </div>
  );
}

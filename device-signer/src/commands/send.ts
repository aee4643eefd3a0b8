import { parseArgs } from 'node:util';
import { registryAbi, toHex, TonneError, type AddressBook, type Hex } from '@truetonne/protocol';
import type { Abi, Account } from 'viem';
import { connectToRegistry, refusalOf } from '../registryChain.ts';
import {
  parseAddress,
  parseHex,
  parseJson,
  parseWhole,
  type Command,
  type Terminal,
} from './command.ts';
import { DEPLOYMENT_USAGE, readDeployment, readSender } from './registryOptions.ts';

const OPTIONS = {
  device: { type: 'string' },
  project: { type: 'string' },
  'capacity-w': { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  as: { type: 'string' },
  deployment: { type: 'string' },
} as const;

type Given = Readonly<Partial<Record<keyof typeof OPTIONS, string>>>;
type Argument = Hex | bigint;

/** A step of a device's life: a function of the registry, and its arguments from the command line. */
interface Step {
  readonly functionName: string;
  /** Names in the file that another command printed, in the order of the arguments. */
  readonly printed?: readonly string[];
  readonly readArguments?: (given: Given) => readonly Argument[];
}

const deviceOf = ({ device }: Given): Hex => toHex(parseHex(device, '--device'));
const SIGNED = ['publicKey', 'signature'];

const STEPS: ReadonlyMap<string, Step> = new Map(
  Object.entries<Step>({
    claim: { functionName: 'claimDevice', printed: ['claim', ...SIGNED] },
    rotate: {
      functionName: 'rotateDevice',
      printed: ['rotation', 'oldPublicKey', 'oldSignature', 'claim', ...SIGNED],
    },
    'replace-meter': { functionName: 'replaceMeter', printed: ['statement', ...SIGNED] },
    freeze: {
      functionName: 'freezeDevice',
      printed: ['publicKey', 'headerA', 'signatureA', 'headerB', 'signatureB'],
    },
    bind: {
      functionName: 'bindDevice',
      readArguments: (given) => [
        deviceOf(given),
        parseWhole(given.project, '--project'),
        parseWhole(given['capacity-w'], '--capacity-w'),
      ],
    },
    revoke: {
      functionName: 'revokeDevice',
      readArguments: (given) => [deviceOf(given), parseWhole(given.from, '--from')],
    },
    offer: {
      functionName: 'offerDevice',
      readArguments: (given) => [deviceOf(given), parseAddress(given.to, '--to')],
    },
    accept: { functionName: 'acceptDevice', readArguments: (given) => [deviceOf(given)] },
  }),
);

export const sendCommand: Command = {
  name: 'send',
  summary: "Send a step of a device's life to the registry.",
  usage: `send <step> [<file>] [options]

Four steps take the file that another command printed, \`-\` for standard input:

  claim <file>         by the wallet that the claim names
  rotate <file>        by the owner
  replace-meter <file> by an accredited validator
  freeze <file>        what \`equivocation\` printed; by anyone

The others say which device:

  bind --device <id> --project <id> --capacity-w <W>
  revoke --device <id> --from <seconds>
                       windows that close from then on do not count; for good
  offer --device <id> --to <address>
                       in place of an earlier offer; the zero address withdraws
  accept --device <id> by the wallet it is offered to

Sent with the private key in the environment variable DEVICE_OWNER_KEY. Prints the transaction.

  --as <address>       on the local chain, instead of a key: whose transaction it is
${DEPLOYMENT_USAGE}`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      ...{ args: [...args], options: OPTIONS, allowPositionals: true },
    });
    const [name = '', file, ...more] = positionals;
    const step = STEPS.get(name);
    if (step === undefined || more.length > 0) {
      const expected = `one of ${[...STEPS.keys()].join(', ')}`;
      throw new TonneError('PARAMETER_INVALID', { field: 'step', value: name, expected });
    }
    const stepArguments = readArguments(step, values, file, terminal);
    const book = readDeployment(values.deployment, terminal);
    const account = readSender(
      book,
      values.as === undefined ? undefined : parseAddress(values.as, '--as'),
    );
    const sent = await send(book, account, step.functionName, stepArguments);
    terminal.print(JSON.stringify({ step: name, ...sent }, null, 2));
    return 0;
  },
};

function readArguments(
  { printed, readArguments: fromOptions }: Step,
  given: Given,
  file: string | undefined,
  { read }: Terminal,
): readonly Argument[] {
  if (printed === undefined) return fromOptions?.(given) ?? [];
  if (file === undefined) {
    const expected = 'what the command of this name printed';
    throw new TonneError('PARAMETER_INVALID', { field: 'file', value: 'not given', expected });
  }
  const fields = new Map<string, unknown>(Object.entries(parseJson(read(file), file) ?? {}));
  return printed.map((name) => {
    const text = fields.get(name);
    return toHex(parseHex(typeof text === 'string' ? text : undefined, name));
  });
}

/** Tries the call before it is sent: what the contract refuses costs nothing and comes with its code. */
async function send(
  book: AddressBook,
  account: Account | Hex,
  functionName: string,
  args: readonly Argument[],
): Promise<{ readonly transaction: Hex; readonly gasUsed: number }> {
  const { contract, reader, writer } = connectToRegistry(book, account);
  const call = { address: contract.address, abi: registryAbi as Abi, functionName, args, account };
  try {
    const { request } = await reader.simulateContract(call);
    const transaction = await writer.writeContract(request);
    const { status, gasUsed } = await reader.waitForTransactionReceipt({ hash: transaction });
    if (status === 'success') return { transaction, gasUsed: Number(gasUsed) };
    const value = `${transaction} was reverted`;
    throw new TonneError('INTERNAL', { field: 'transaction', value });
  } catch (error) {
    throw refusalOf(error, functionName);
  }
}

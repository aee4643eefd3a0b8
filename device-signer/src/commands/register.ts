import { parseArgs } from 'node:util';
import {
  parseAddressBookJson,
  parseRegistrationFile,
  TonneError,
  type AddressBook,
  type Hex,
  type Registration,
} from '@truetonne/protocol';
import type { Account } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { registerDevices } from '../register.ts';
import { parseWhole, type Command } from './command.ts';

/** The chain of `npm start`, whose node holds the keys of its accounts. */
const LOCAL_CHAIN_ID = 31_337;

export const registerCommand: Command = {
  name: 'register',
  summary: 'Send the registration file of many devices: claims each and binds it to a project.',
  usage: `register --file <file> --project <id> [options]

Sent by the owner of the project, who is named in the claims and whose private key is in the environment
as DEVICE_OWNER_KEY; on the local chain it may be left out. Some 350 devices go into one transaction.
Broken off, it goes on where it was when called again.

  --file <file>        made by \`registration\`
  --project <id>       project that the devices measure for
  --deployment <file>  address book (TRUETONNE_DEPLOYMENT, or .truetonne/deployment.json)`,
  async run(args, { read, print }) {
    const deployment = process.env['TRUETONNE_DEPLOYMENT'] ?? '.truetonne/deployment.json';
    const options = {
      file: { type: 'string' },
      project: { type: 'string' },
      deployment: { type: 'string', default: deployment },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    const projectId = Number(parseWhole(values.project, '--project'));
    if (values.file === undefined) {
      const expected = 'a file made by `registration`';
      throw new TonneError('PARAMETER_INVALID', { field: '--file', value: 'not given', expected });
    }
    const book = parseAddressBookJson(
      new TextDecoder().decode(read(values.deployment)),
      values.deployment,
    );
    const records = parseRegistrationFile(read(values.file));
    const account = accountOf(book, records, process.env['DEVICE_OWNER_KEY']);
    await registerDevices({ records, book, projectId, account, print });
    return 0;
  },
};

/** The key of the environment; on the local chain the owner's, which the node holds. */
function accountOf(
  { chainId }: AddressBook,
  [first]: readonly Registration[],
  key: string | undefined,
): Account | Hex {
  if (key === undefined && chainId === LOCAL_CHAIN_ID && first !== undefined) {
    return first.claim.owner;
  }
  if (key !== undefined && /^0x[0-9a-fA-F]{64}$/.test(key)) {
    return privateKeyToAccount(`0x${key.slice(2)}`);
  }
  const expected = 'the private key of the project owner, 0x and 64 hex digits';
  throw new TonneError('CONFIGURATION_INVALID', { field: 'DEVICE_OWNER_KEY', expected });
}

import { parseArgs } from 'node:util';
import { parseRegistrationFile, TonneError } from '@truetonne/protocol';
import { registerDevices } from '../register.ts';
import { parseWhole, type Command } from './command.ts';
import { DEPLOYMENT_USAGE, readDeployment, readSender } from './registryOptions.ts';

export const registerCommand: Command = {
  name: 'register',
  summary: 'Send the registration file of many devices: claims each and binds it to a project.',
  usage: `register --file <file> --project <id> [options]

Sent by the owner of the project, who is named in the claims and whose private key is in the environment
as DEVICE_OWNER_KEY; on the local chain it may be left out. Some 350 devices go into one transaction.
Broken off, it goes on where it was when called again.

  --file <file>        made by \`registration\`
  --project <id>       project that the devices measure for
${DEPLOYMENT_USAGE}`,
  async run(args, terminal) {
    const options = {
      file: { type: 'string' },
      project: { type: 'string' },
      deployment: { type: 'string' },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    const projectId = Number(parseWhole(values.project, '--project'));
    if (values.file === undefined) {
      const expected = 'a file made by `registration`';
      throw new TonneError('PARAMETER_INVALID', { field: '--file', value: 'not given', expected });
    }
    const book = readDeployment(values.deployment, terminal);
    const records = parseRegistrationFile(terminal.read(values.file));
    const account = readSender(book, records[0]?.claim.owner);
    await registerDevices({ records, book, projectId, account, print: terminal.print });
    return 0;
  },
};

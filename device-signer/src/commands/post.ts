import { parseArgs } from 'node:util';
import { deliverPending } from '../deliver.ts';
import { openDevice } from '../device.ts';
import { overHttp } from '../post.ts';
import { STATE_OPTION, STATE_USAGE, type Command } from './command.ts';

export const postCommand: Command = {
  name: 'post',
  summary: 'Post the windows that wait in the state folder.',
  usage: `post [options]

Exit code 1 when a window was refused or has to wait. Windows that wait stay and can be posted later.

${STATE_USAGE}
  --oracle <url>       the oracle (ORACLE_URL, or http://127.0.0.1:4000)`,
  async run(args, { print }) {
    const oracleUrl = process.env['ORACLE_URL'] ?? 'http://127.0.0.1:4000';
    const options = { ...STATE_OPTION, oracle: { type: 'string', default: oracleUrl } } as const;
    const { values } = parseArgs({ args: [...args], options });
    const device = openDevice(values.state);
    try {
      let delivered = 0;
      let refused = 0;
      while (device.pendingCount() > 0) {
        const round = await deliverPending(device, overHttp(values.oracle));
        delivered += round.delivered;
        refused += round.refused.length;
        for (const { sequence, code, detail } of round.refused) {
          print(`window ${sequence} refused, ${code}: ${detail}`);
        }
        if (round.waitingFor === undefined) continue;
        print(`${delivered} posted, ${device.pendingCount()} wait: ${round.waitingFor}`);
        return 1;
      }
      print(`${delivered} posted, none wait`);
      return refused > 0 ? 1 : 0;
    } finally {
      device.close();
    }
  },
};

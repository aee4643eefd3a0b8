import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FAULTS, runChaos, type Fault } from './run.ts';
import { isWhole } from './verdict.ts';

/** Fixed, so that a failure can be had again; `npm run chaos` takes others. */
const SEED = 20_261_120;
/** The long run has a thousand. */
const KILLS = 8;
/** On a machine with much else to do, fewer. */
const MINUTES = 1;

const WITHOUT_BROKER: readonly Fault[] = ['oracle', 'postgres', 'chain'];
const WITH: readonly { readonly title: string; readonly faults: readonly Fault[] }[] = [
  { title: 'its database restarts and its chain lies', faults: WITHOUT_BROKER },
  { title: 'any of three RabbitMQ servers before it dies too', faults: FAULTS },
];

for (const { title, faults } of WITH) {
  describe(`an oracle that is killed while ${title}`, () => {
    it('loses nothing that it acknowledged, and does nothing twice', async (test) => {
      const report = await runChaos({
        ...{ kills: KILLS, minutes: MINUTES, seed: SEED, faults },
        say: (text) => {
          test.diagnostic(text);
        },
      });
      test.diagnostic(JSON.stringify(report));
      assert.ok(isWhole(report), JSON.stringify(report));
    });
  });
}

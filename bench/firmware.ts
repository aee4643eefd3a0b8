import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { domainOf } from '@truetonne/protocol';
import { buildImage } from '../device-signer/firmware/port/riscv/build.ts';
import { DAY_BEGINS } from '../device-signer/firmware/port/riscv/day.ts';
import { runImage } from '../device-signer/firmware/port/riscv/run.ts';
import type { BenchRow } from './row.ts';

/**
 * The firmware on RV32IMC: bytes of code, of stack, and instructions a seal of 15 readings, over a
 * measured day under qemu. Counts, not times: the same on every machine.
 */
export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'truetonne-bench-'));
  try {
    const image = await buildImage(folder);
    const board = await runImage(image, folder, {
      seed: new Uint8Array(32).fill(7),
      domain: domainOf(31_337, `0x${'aa'.repeat(20)}`),
      owner: `0x${'bb'.repeat(20)}`,
      startedAt: DAY_BEGINS,
    });
    const seal = board.figure('seal.mean');
    const sign = board.figure('sign.mean');
    const { core, p256, image: whole } = image.sizes;
    return [
      { name: 'firmware.size.text', value: core, unit: 'B', aim: 32_768, reference: p256 },
      { name: 'firmware.size.image', value: whole, unit: 'B', aim: 49_152 },
      { name: 'firmware.stack', value: board.figure('stack'), unit: 'B', aim: 3_072 },
      { name: 'firmware.memory', value: board.figure('device'), unit: 'B', aim: 2_048 },
      {
        name: 'firmware.instructions.seal',
        value: seal,
        unit: 'instructions',
        aim: 'signing and little else: ratio to P-256 alone <= 1.2',
        reference: sign,
        ratio: Math.round((seal / sign) * 1000) / 1000,
      },
      {
        name: 'firmware.instructions.sample',
        value: board.figure('sample.mean'),
        unit: 'instructions',
        aim: 20_000,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

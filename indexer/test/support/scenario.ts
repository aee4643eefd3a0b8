import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hex } from 'viem';
import { startAnvil, type Anvil } from './anvil.ts';
import { expectedTables, TABLES, type Claimed } from './chainTables.ts';
import { startIndexer, type Indexer } from './indexer.ts';
import { Meter } from './meter.ts';
import { OWNER, World } from './world.ts';

const at = (time: string) => Date.parse(time) / 1_000;

/** Ends of months on the clock of Arizona, which keeps UTC-7 all year. */
export const JUNE_END = at('2024-07-01T07:00:00Z');
export const JULY_END = at('2024-08-01T07:00:00Z');
export const AUGUST_END = at('2024-09-01T07:00:00Z');
export const ARIZONA_MINUTES = -420;

/** A chain with two plants (1 in Arizona with two devices, 2 on UTC with one) and its indexer. */
export class Scenario {
  readonly folder = mkdtempSync(join(tmpdir(), 'truetonne-indexer-'));
  readonly anvil: Anvil;
  readonly world: World;
  readonly roof: Meter;
  readonly carport: Meter;
  readonly barn: Meter;
  readonly #claims: Map<Hex, Claimed>;
  readonly #settings: Settings;
  #indexer: Indexer | undefined;

  private constructor(world: World, meters: Meters, claims: Claims, settings: Settings) {
    this.#settings = settings;
    this.world = world;
    this.anvil = world.anvil;
    [this.roof, this.carport, this.barn] = meters;
    this.#claims = claims;
  }

  /**
   * The chain with its plants; the indexer is started apart.
   * @param settings more of the indexer's environment
   */
  static async begin(settings: Settings = {}): Promise<Scenario> {
    const world = await World.found(await startAnvil());
    await world.registerProject(1, 'Roof and carport', ARIZONA_MINUTES);
    await world.registerProject(2, 'Barn', 0);
    const claims: Claims = new Map();
    const meter = async (projectId: number, exportWh: bigint, importWh: bigint) => {
      const added = await world.addMeter(projectId, { at: JUNE_END, exportWh, importWh });
      claims.set(added.deviceId, { exportWh, importWh });
      return added;
    };
    const meters = [
      await meter(1, 1_000n, 20n),
      await meter(1, 0n, 0n),
      await meter(2, 500n, 0n),
    ] as const;
    return new Scenario(world, meters, claims, settings);
  }

  /** A device that its owner claimed and bound to nothing. */
  async claimMeter(): Promise<Meter> {
    const meter = this.newMeter();
    const registers = { at: JUNE_END, exportWh: 7n, importWh: 0n };
    await this.world.registry(OWNER, 'claimDevice', meter.claim(OWNER, registers));
    this.countFrom(meter, registers);
    return meter;
  }

  /** A device that the chain does not know yet. */
  newMeter(): Meter {
    return new Meter(this.world.domain);
  }

  /** From which registers on the device counts, from its claim or since its meter was replaced. */
  countFrom({ deviceId }: Meter, { exportWh, importWh }: Claimed): void {
    this.#claims.set(deviceId, { exportWh, importWh });
  }

  get indexer(): Indexer {
    if (this.#indexer === undefined) throw new Error('The indexer was not started');
    return this.#indexer;
  }

  /** Starts the indexer, by default on the chain and in the folder of this scenario. */
  async startIndexer(folder: string = this.folder): Promise<void> {
    this.#indexer = await startIndexer(this.world.deployment, folder, this.#settings);
  }

  /** July of plant 1, with both devices and a deduction, minted. */
  async creditJuly(): Promise<void> {
    const closings = [
      [this.roof, 601_000n, 1_220n],
      [this.carport, 450_001n, 3n],
    ] as const;
    await this.world.submit(1, [JUNE_END, JULY_END], closings, 1_500n);
    await this.world.registry(OWNER, 'mint', [1_000_001n]);
  }

  /** Waits for the indexer and compares all tables with the contract's views at that block. */
  async assertEqualsChain(): Promise<void> {
    const { block, tables } = await expectedTables(this.world, this.#claims);
    await this.indexer.until(block);
    assert.deepEqual(await this.indexer.query(TABLES), tables);
  }

  async end(): Promise<void> {
    await this.#indexer?.stop('SIGTERM');
    await this.anvil.stop();
    rmSync(this.folder, { recursive: true });
  }
}

type Claims = Map<Hex, Claimed>;
type Meters = readonly [Meter, Meter, Meter];
type Settings = Record<string, string>;

/** An event as its log has it: every parameter is one word. */
export interface EventShape {
  /** Hash of the signature. */
  readonly topic: string;
  readonly indexed: readonly string[];
  readonly data: readonly string[];
}

/** Both are put in by the build, from the registry's ABI (functions/build.ts). */
declare const SHAPES: Readonly<Record<'BatchSubmitted' | 'DeviceAdvanced', EventShape>>;

export const BATCH_SUBMITTED = SHAPES.BatchSubmitted;
export const DEVICE_ADVANCED = SHAPES.DeviceAdvanced;

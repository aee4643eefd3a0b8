import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { registryAbi, type Hex } from '@truetonne/protocol';
import { rolldown, type Plugin } from 'rolldown';
import { toEventSelector } from 'viem';

const ENTRY = join(import.meta.dirname, 'source/recompute.ts');

/** Byte of the gzip header that names the system; 255 is "unknown" (RFC 1952), so all build the same. */
const OS_BYTE = 9;

/** A request to Functions has at most 30 KB with its arguments; this leaves 4 KB for them. */
const MAX_SOURCE = 26_000;

/** The source of the recomputation, and its SHA-256, by which the consumer contract knows it. */
export interface FunctionsSource {
  readonly source: string;
  readonly hash: Hex;
}

/**
 * Bundles the verification of `protocol/` for the Functions sandbox. Texts of the error catalogue are
 * left out, codes stay. It is packed, because 34 KB of plain text are more than a request may have: the
 * source unpacks and runs it.
 */
export async function buildFunctionsSource(): Promise<FunctionsSource> {
  const bundle = await rolldown({
    input: ENTRY,
    platform: 'neutral',
    resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'module', 'default'] },
    treeshake: { moduleSideEffects: (id) => id === ENTRY, propertyReadSideEffects: false },
    transform: { define: { SHAPES: JSON.stringify(readShapes()) } },
    plugins: [codesOnly],
  });
  const { output } = await bundle.generate({ format: 'iife', name: 'recompute', minify: true });
  const packed = gzipSync(output[0].code, { level: 9 });
  packed[OS_BYTE] = 0xff;
  const source = unpackerOf(packed.toString('base64'));
  if (source.length > MAX_SOURCE)
    throw new Error(`the Functions source has ${source.length} bytes, more than ${MAX_SOURCE}`);
  return { source, hash: `0x${createHash('sha256').update(source).digest('hex')}` };
}

const codesOnly: Plugin = {
  name: 'codes-only',
  load: (id) =>
    id.endsWith('/errors/catalogue.ts')
      ? 'export const CATALOGUE = new Proxy({}, { get: (_, code) => ({ title: code, todo: "" }) });'
      : null,
};

/** Runs in the sandbox, whose `args` and `Functions` the bundle is handed. */
function unpackerOf(base64: string): string {
  return `const packed = Uint8Array.from(atob('${base64}'), (c) => c.charCodeAt(0));
const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
const code = await new Response(unpacked).text();
return new Function(code + ';return recompute')().run(args, Functions);
`;
}

function readShapes() {
  return { BatchSubmitted: shapeOf('BatchSubmitted'), DeviceAdvanced: shapeOf('DeviceAdvanced') };
}

/** Where an event's parameters stand in its log; all of these have one word each. */
function shapeOf(name: 'BatchSubmitted' | 'DeviceAdvanced') {
  const event = registryAbi.find((item) => item.type === 'event' && item.name === name);
  if (event?.type !== 'event') throw new Error(`the registry has no event ${name}`);
  const inputs: readonly { readonly name: string; readonly indexed?: boolean }[] = event.inputs;
  const named = (indexed: boolean) =>
    inputs.filter((input) => (input.indexed ?? false) === indexed).map((input) => input.name);
  return { topic: toEventSelector(event), indexed: named(true), data: named(false) };
}

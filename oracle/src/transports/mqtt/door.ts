import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { generate, parser, type Packet } from 'mqtt-packet';
import { createFrameGuard, findLevel, FrameError } from './frames.ts';
import { createTranslator, type Limits5, type Translator } from './version5.ts';

/** Largest CONNECT: names, a password and a will need no more. */
const MAX_CONNECT = 4_096;

const LEVEL_5 = 5;

/**
 * The broker's end of a device's connection. Packets that are too large break it before they are in
 * memory; a device that speaks MQTT 5 is translated, others pass as they are.
 */
export function openDoor(socket: Socket, limits: Limits5): Duplex {
  // A device may send on before it hears the CONNACK (MQTT 3.1.1, section 3.1.4).
  const guard = createFrameGuard({ first: MAX_CONNECT, others: limits.maximumPacketSize });
  let start = Buffer.alloc(0);
  let inbound: ((chunk: Buffer) => void) | undefined;
  let outbound: ((chunk: Buffer) => void) | undefined;

  const door = new Duplex({
    read: () => void socket.resume(),
    writev(chunks, done) {
      const bytes = Buffer.concat(chunks.map(({ chunk }: { chunk: Buffer }) => chunk));
      if (outbound === undefined) socket.write(bytes);
      else outbound(bytes);
      if (socket.writableNeedDrain) socket.once('drain', () => done());
      else done();
    },
    final(done) {
      socket.end(done);
    },
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });

  const forward = (bytes: Buffer): void => {
    if (!door.push(bytes)) socket.pause();
  };

  function choose(chunk: Buffer): void {
    start = Buffer.concat([start, chunk]);
    const level = findLevel(start);
    if (level === undefined) return;
    if (level === LEVEL_5) ({ inbound, outbound } = translate(socket, door, forward, limits));
    else inbound = forward;
    inbound(start);
    start = Buffer.alloc(0);
  }

  socket.on('data', (chunk: Buffer) => {
    try {
      guard(chunk);
      if (inbound === undefined) choose(chunk);
      else inbound(chunk);
    } catch (error) {
      door.destroy(error instanceof Error ? error : new FrameError(String(error)));
    }
  });
  socket.on('end', () => door.push(null));
  socket.on('error', (error) => door.destroy(error));
  socket.on('close', () => door.destroy());
  return door;
}

/** Both directions of a connection in MQTT 5. */
function translate(
  socket: Socket,
  door: Duplex,
  forward: (bytes: Buffer) => void,
  limits: Limits5,
): { readonly inbound: (chunk: Buffer) => void; readonly outbound: (chunk: Buffer) => void } {
  const translator = createTranslator(limits);
  const fromDevice = parser({ protocolVersion: LEVEL_5 });
  const fromBroker = parser({ protocolVersion: 4 });
  const onDevice = guarded(door, (packet) => passIn(packet, translator, socket, door, forward));
  fromDevice.on('packet', onDevice);
  fromBroker.on('packet', (packet) => {
    const bytes = translator.toDevice(packet);
    if (bytes !== undefined) socket.write(bytes);
  });
  for (const side of [fromDevice, fromBroker]) {
    side.on('error', (error: Error) => door.destroy(error));
  }
  return {
    inbound: (chunk) => void fromDevice.parse(chunk),
    outbound: (chunk) => void fromBroker.parse(chunk),
  };
}

function passIn(
  packet: Packet,
  translator: Translator,
  socket: Socket,
  door: Duplex,
  forward: (bytes: Buffer) => void,
): void {
  const translated = translator.toBroker(packet);
  if (translated !== 'close') {
    forward(generate(translated, { protocolVersion: 4 }));
    return;
  }
  if (packet.cmd === 'connect') socket.write(translator.refusal());
  door.destroy();
}

/** A packet that is forbidden ends the connection and nothing else. */
function guarded(door: Duplex, handle: (packet: Packet) => void): (packet: Packet) => void {
  return (packet) => {
    try {
      handle(packet);
    } catch (error) {
      door.destroy(error instanceof Error ? error : new FrameError(String(error)));
    }
  };
}

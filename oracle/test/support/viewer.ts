import { WebSocket } from 'ws';

/** Watches live totals as a page would; answers how to end it, once the first message has come. */
export async function openViewer(
  url: string,
  headers: Readonly<Record<string, string>>,
  onMessage: () => void,
): Promise<() => void> {
  const socket = new WebSocket(url, { headers });
  await new Promise((resolve, reject) => {
    socket.once('message', resolve);
    socket.once('error', reject);
  });
  socket.on('message', onMessage);
  return () => {
    socket.terminate();
  };
}

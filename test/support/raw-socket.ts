import { connect } from 'node:net';

/** A server that has said nothing for so long waits for more bytes, which will not come. */
const patienceMs = 100;

/**
 * Sends bytes as they are, also those that no HTTP client would send.
 * @returns the status of every answer that came before the end of the connection
 */
export function sendBytes(url: string, bytes: Uint8Array): Promise<number[]> {
  return new Promise((resolve) => {
    let text = '';
    // Not ended at once: Node answers nobody who has closed his side.
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(patienceMs, () => socket.end());
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => (text += chunk));
    // A server may end the connection while it is still written to.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      resolve([...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status)));
    });
  });
}

import { connect as connectTcp, type Socket as TcpSocket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { OpenSocket } from '../../../firmware/mqtt/socket';

/** More than this does not wait to be sent. */
const MOST_WAITING_BYTES = 65_536;
const SLOWEST_MS = 10_000;
const LONGEST_GOODBYE_MS = 1_000;

export interface NodeSocketOptions {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  /** Certificates that are trusted instead of the system's, as PEM. */
  readonly ca?: string | undefined;
  /** Told when one that was open is no more, whoever ended it. */
  readonly onEnded?: () => void;
}

/** Opens TCP, or TLS, of this computer. */
export function nodeSocket({ host, port, isSecure, ca, onEnded = () => {} }: NodeSocketOptions): OpenSocket {
  return ({ onOpen, onBytes, onClosed }) => {
    const socket: TcpSocket = isSecure
      ? connectTls({ host, port, ...(ca === undefined ? {} : { ca }) })
      : connectTcp({ host, port });
    let isTold = false;
    const end = (why: string): void => {
      if (isTold) return;
      isTold = true;
      onClosed(why);
    };
    socket.setNoDelay(true);
    socket.setTimeout(SLOWEST_MS, () => {
      if (socket.connecting) socket.destroy(new Error('it does not answer'));
    });
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      if (!isTold) onOpen();
    });
    socket.on('data', (bytes: Buffer) => {
      if (!isTold) onBytes(bytes);
    });
    socket.on('error', (error) => end(error.message));
    socket.on('close', () => {
      end('it closed the connection');
      onEnded();
    });
    return {
      write: (bytes) => {
        if (socket.writableLength + bytes.length > MOST_WAITING_BYTES) return false;
        socket.write(bytes);
        return true;
      },
      close: () => {
        isTold = true;
        if (socket.connecting) socket.destroy();
        else socket.end();
        setTimeout(() => socket.destroy(), LONGEST_GOODBYE_MS).unref();
      },
    };
  };
}

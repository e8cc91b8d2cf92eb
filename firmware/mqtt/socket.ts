/** A connection under way to somebody else, as bytes. The chip's is TCP or TLS of ECMA-419, the laptop's `node:net` or
 * `node:tls`. */
export interface Socket {
  /** Sends, or keeps until it can. False when as much waits already as it keeps: the other side takes nothing. */
  write(bytes: Uint8Array): boolean;
  /** Sends what waits and closes. Nothing is told any more. */
  close(): void;
}

export interface SocketEvents {
  /** Bytes can be written from now on; over TLS, only when the other side has proved who it is. */
  readonly onOpen: () => void;
  /** The array is borrowed. */
  readonly onBytes: (bytes: Uint8Array) => void;
  /** It is no more, or was never to be had. */
  readonly onClosed: (why: string) => void;
}

/** Opens one; what comes of it is told later, never within the call. */
export type OpenSocket = (events: SocketEvents) => Socket;

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Dashboard } from '../../../firmware/dashboard/dashboard';
import { MOST_BODY_BYTES, type Response, refusal } from '../../../firmware/dashboard/http';

const SLOWEST_REQUEST_MS = 10_000;
const MOST_CONNECTIONS = 64;

export interface RunningServer {
  readonly port: number;
  /** Ends what is told live, as a restart does; browsers ask again. */
  endLive(): void;
  close(): Promise<void>;
}

/** Serves a dashboard over Node's HTTP: that which is there when a request comes. @throws Error when the port is taken */
export async function serveDashboard(
  dashboard: () => Dashboard,
  { port, address }: { readonly port: number; readonly address: string },
): Promise<RunningServer> {
  const live = new Set<ServerResponse>();
  const server = createServer((request, response) => void answer(dashboard(), request, response, live));
  server.requestTimeout = SLOWEST_REQUEST_MS;
  server.headersTimeout = SLOWEST_REQUEST_MS;
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    endLive: () => {
      for (const response of live) response.end();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  dashboard: Dashboard,
  request: IncomingMessage,
  response: ServerResponse,
  live: Set<ServerResponse>,
): Promise<void> {
  const body = await bodyOf(request).catch(() => undefined);
  if (body === undefined) return send(refusal(413, 'tooLong'), request, response, live);
  const [path = '/', query = ''] = (request.url ?? '/').split('?');
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  send(
    dashboard.handle({ method: request.method ?? 'GET', path, query, header, body }),
    request,
    response,
    live,
  );
}

function send(
  { status, headers, body, live }: Response,
  request: IncomingMessage,
  response: ServerResponse,
  open: Set<ServerResponse>,
): void {
  response.writeHead(status, headers);
  for (const part of typeof body === 'string' ? [body] : body) response.write(part);
  if (!live) {
    response.end();
    return;
  }
  open.add(response);
  const end = live((text) => response.write(text));
  request.on('close', () => {
    open.delete(response);
    end();
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let byteLength = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    byteLength += part.length;
    if (byteLength > MOST_BODY_BYTES) throw new RangeError('the body is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

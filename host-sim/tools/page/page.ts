import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Problem } from '../../cli/problem';
import { ROOT } from '../../packages/root';
import { buildPage } from '../../web/bundle/page';

export interface PageOptions {
  readonly port: number;
  readonly address: string;
  /** Only writes the page there. */
  readonly out?: string;
}

const FOLDER = join(ROOT, 'build/page');

/** Makes the simulator page and serves it until the person ends it. Returns the exit code. @throws Problem */
export async function makePage({ port, address, out }: PageOptions): Promise<number> {
  const page = await buildPage();
  const folder = out ?? FOLDER;
  const file = join(folder, 'index.html');
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, page);
  } catch (error) {
    throw new Problem(`${folder}: ${(error as Error).message}`);
  }
  console.log(
    `  ${relative(process.cwd(), file)}: ${(page.length / 2 ** 20).toFixed(2)} MiB, all in one file`,
  );
  if (out !== undefined) return 0;
  const server = await servePage(page, { port, address }).catch((error: Error) => {
    throw new Problem(`--port ${port}: ${error.message}`);
  });
  console.log(`  http://${address}:${server.port}/   Ctrl-C ends`);
  return new Promise((resolve) => process.once('SIGINT', () => void server.close().then(() => resolve(0))));
}

export interface PageServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves the one file, and nothing else. @throws Error when the port is taken */
export async function servePage(
  page: string,
  { port, address }: { readonly port: number; readonly address: string },
): Promise<PageServer> {
  const packed = gzipSync(page);
  const server = createServer((request, response) => {
    const isPage = /^\/(index[.]html)?([?].*)?$/.test(request.url ?? '');
    if (!isPage) return void response.writeHead(404).end();
    const takesPacked = /\bgzip\b/.test(String(request.headers['accept-encoding']));
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      ...(takesPacked ? { 'content-encoding': 'gzip' } : {}),
    });
    response.end(takesPacked ? packed : page);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  const found = server.address();
  return {
    port: typeof found === 'object' && found ? found.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

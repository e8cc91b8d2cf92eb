import { Problem } from '../../cli/problem';

/** Where a broker is, and who asks to be let in. */
export interface Broker {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  readonly user?: string;
  readonly password?: string;
}

const PORTS: Readonly<Record<string, number>> = { 'mqtt:': 1883, 'mqtts:': 8883 };
const RIGHT = 'mqtt://[user:password@]host[:port], or mqtts:// for TLS, would be right';

/** Reads what `--mqtt` is given. @throws Problem that repeats no password */
export function brokerOf(text: string): Broker {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const port = url && PORTS[url.protocol];
  if (!url || port === undefined || url.hostname === '' || !['', '/'].includes(url.pathname))
    throw new Problem(`--mqtt '${withoutPassword(text)}': ${RIGHT}`);
  const { username, password } = url;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''), // IPv6
    port: url.port === '' ? port : Number(url.port),
    isSecure: url.protocol === 'mqtts:',
    ...(username === '' ? {} : { user: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
  };
}

function withoutPassword(text: string): string {
  return text.replace(/:[^:/@]*@/, ':…@');
}

/** A request, as any server gives it. */
export interface Request {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** What stands behind the path's question mark. */
  readonly query?: string;
  /** By its name in lower case. */
  header(name: string): string | undefined;
  readonly body: string;
}

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** In parts where no memory is to hold it whole. */
  readonly body: string | Iterable<string>;
  /** Where a response never ends: gives what is to be sent from now on. Returns what ends it. */
  readonly live?: (send: (text: string) => void) => () => void;
}

/** The most bytes of a body, which is a sector of an update in base64; a server refuses more before it asks. */
export const MOST_BODY_BYTES = 6144;

/** What every response says: nothing from elsewhere, nothing to elsewhere, nothing kept on the way. */
export const STRICT_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

export function text(
  status: number,
  type: string,
  body: Response['body'],
  headers: Readonly<Record<string, string>> = {},
): Response {
  return { status, headers: { ...STRICT_HEADERS, 'content-type': type, ...headers }, body };
}

export function json(value: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return text(200, 'application/json', JSON.stringify(value), headers);
}

/** What is wrong, in a word that the page knows. */
export function refusal(status: number, problem: string, detail?: string): Response {
  return text(status, 'application/json', JSON.stringify({ problem, ...(detail ? { detail } : {}) }));
}

/** Of a body that is a JSON object; none where it is not. */
export function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

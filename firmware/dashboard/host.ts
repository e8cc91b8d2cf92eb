/** Whether a request is for this speaker: by an address, or by one of its own names. A page elsewhere that lets its own name
 * point to the speaker's address, to be taken for it by the browser, comes with that name and is refused. */
export function isOurHost(host: string | undefined, names: readonly string[]): boolean {
  if (host === undefined) return false;
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return names.includes(name) || /^(\d{1,3}[.]){3}\d{1,3}$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name);
}

/** Whether what changes something comes from the speaker's own page. Browsers say where a request comes from. */
export function isOurOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}

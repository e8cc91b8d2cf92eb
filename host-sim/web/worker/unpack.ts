/** What the build packed (`../bundle/page.ts`): base64 of deflated bytes. Nothing is fetched. */
export async function unpack(packed: string): Promise<Uint8Array> {
  const text = atob(packed.trim());
  const deflated = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) deflated[i] = text.charCodeAt(i);
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

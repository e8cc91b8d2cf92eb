/** The JavaScript names that the SDK's xsid finds in a C source: by their letters, before any preprocessor, in comments
 * too. What a macro pastes together has no number in mc.xs.h. */
export function identifiersIn(source: string): string[] {
  const names = [...source.matchAll(/xsID_([0-9A-Za-z_]+)/g)].map(([, name = '']) => name);
  return [...new Set(names)].sort();
}

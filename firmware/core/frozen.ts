/** A table, made fast with all that is in it. The chip keeps what was made before it started in flash as long as nobody can
 * change it; of what could be changed every machine has a place in its memory, in case somebody does. */
export function frozen<T>(table: T): T {
  if (typeof table !== 'object' || table === null) return table;
  for (const inner of Object.values(table)) frozen(inner);
  return Object.freeze(table);
}

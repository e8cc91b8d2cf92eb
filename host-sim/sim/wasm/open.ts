import type { Machine } from './machine';

/** A model or grammar that the natives refuse; the message names it and says why. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** Address of an opened model, in an arena of just the size it needs. @throws ModelError */
export function openModel(machine: Machine, name: string, tflite: Uint8Array): number {
  const open = machine.native('model_glue_open');
  const file = machine.place(tflite);
  let model = open(file, tflite.byteLength, 0, 0); // without an arena: says how large it must be
  for (let tries = 0; tries < 3 && model === 0; tries++) {
    const arenaBytes = machine.native('model_glue_bytes_needed')();
    if (arenaBytes > 0) model = open(file, tflite.byteLength, machine.allocate(arenaBytes), arenaBytes);
  }
  if (model === 0)
    throw new ModelError(`model ${name}: ${machine.text(machine.native('model_glue_detail')())}`);
  return model;
}

/** Address of a decoder with this compiled grammar. @throws ModelError */
export function openDecoder(machine: Machine, graph: Uint8Array): number {
  const decoder = machine.allocate(machine.native('decoder_bytes')());
  loadGrammar(machine, decoder, graph);
  return decoder;
}

/** Gives a decoder a compiled grammar, in place of the one that it has. Its logit scale is the initial one afterwards.
 * @throws ModelError, and then the decoder understands nothing */
export function loadGrammar(machine: Machine, decoder: number, graph: Uint8Array): void {
  const refused = machine.native('decoder_glue_load')(decoder, machine.place(graph), graph.byteLength);
  if (refused) throw new ModelError(`grammar: ${machine.text(machine.native('decoder_glue_detail')())}`);
}

/** What desk_xs.c lets JavaScript do to the chip's pins. */
type DeskFunctions = {
  xs_desk_begin(): void;
  xs_desk_move_pin(pin: number, level: number): void;
  xs_desk_deliver(): number;
  xs_desk_wire(): ArrayBuffer;
  xs_desk_played(from: number, most: number): ArrayBuffer;
};

declare function native<Name extends keyof DeskFunctions>(name: Name): DeskFunctions[Name];

native('xs_desk_begin')();

export const movePin = native('xs_desk_move_pin');
/** Lets what other threads have posted come in; returns how many messages those were. */
export const deliverMessages = native('xs_desk_deliver');
/** The last picture on the ring's wire. */
export const takeWire = native('xs_desk_wire');
/** What the loudspeaker has played: 16-bit samples from one on, so many at most. */
export const played = native('xs_desk_played');

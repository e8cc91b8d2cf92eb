/* The world around a chip whose own natives run in XS, for JavaScript by `native(name)`: it moves the mute switch, lets
 * messages of other threads come in, and looks at what leaves the pins. */
#include "../../../../firmware/esp32/fakes/fakes.h"
#include "mc.xs.h"

enum { MOST_WIRE_BYTES = 1 << 13, MOST_PLAYED = 1 << 20 };

xsMachine *desk_machine;

static uint8_t wire[MOST_WIRE_BYTES];
static int16_t played[MOST_PLAYED];

void xs_desk_begin(xsMachine *the) {
  desk_machine = the;
}

/* A pin and its level. */
void xs_desk_move_pin(xsMachine *the) {
  fake_gpio_input(xsmcToInteger(xsArg(0)), xsmcToInteger(xsArg(1)));
}

void xs_desk_deliver(xsMachine *the) {
  xsmcSetInteger(xsResult, fake_deliver_messages(the));
}

/* The last picture on the ring's wire. */
void xs_desk_wire(xsMachine *the) {
  const size_t byte_length = fake_wire_bytes(wire, sizeof wire);
  xsmcSetArrayBuffer(xsResult, wire, (xsIntegerValue)byte_length);
}

/* What the loudspeaker has played, from a sample on, up to so many samples. */
void xs_desk_played(xsMachine *the) {
  const size_t from = (size_t)xsmcToInteger(xsArg(0)), most = (size_t)xsmcToInteger(xsArg(1));
  const size_t count = fake_i2s_played(played, MOST_PLAYED);
  const size_t left = count > from ? count - from : 0;
  xsmcSetArrayBuffer(xsResult, played + from, (xsIntegerValue)(2 * (left < most ? left : most)));
}

/* The inline half of the protocol as a function that Python can call. */
#include "../../../../firmware/natives/mute/mute.h"

void mute_edge_of_test(mute *self);

void mute_edge_of_test(mute *self) {
  mute_edge(self);
}

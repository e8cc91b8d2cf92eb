/* The walks of tests/firmware/xtensa through the natives, inside XS: a job from the standard input, its answer to the output. */
#include "xsmc.h"

int part_main(void);

void xs_part_main(xsMachine *the) {
  xsmcSetInteger(xsResult, part_main());
}

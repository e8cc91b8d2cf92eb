/* The walks of tests/firmware/xtensa through the natives, inside XS: a job from the standard input, its answer to the output. */
#include "xsmc.h"

int harness_main(void);

void xs_harness_main(xsMachine *the) {
  xsmcSetInteger(xsResult, harness_main());
}

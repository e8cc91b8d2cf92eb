#include "ear_class.h"

#include "../../firmware/natives/ear/ear_xs.h"
#include "host.h"

static const int16_t *next_sample;
static size_t samples_left;

/* Returns how many samples there were: fewer than asked for at the end of the recording. */
static void hear(xsMachine *the) {
  ear *listener = xs_ear_of_this(the);
  const int wanted = xsmcToInteger(xsArg(0));
  if (wanted < 0) xsRangeError("%d samples cannot be heard", wanted);
  const size_t count = (size_t)wanted < samples_left ? (size_t)wanted : samples_left;
  ear_hear(listener, next_sample, count);
  next_sample += count;
  samples_left -= count;
  xsmcSetInteger(xsResult, (int)count);
}

/* A class written in C makes its own instance; one that the chip's compiler knows as a host class finds it
 * made. */
static void construct(xsMachine *the) {
  if (!xsmcTest(xsTarget)) xsTypeError("call: class");
  xsmcVars(1);
  xsmcGet(xsVar(0), xsTarget, xsID("prototype"));
  xsmcSetNewHostInstance(xsThis, xsVar(0));
  xsResult = xsThis;
  xs_ear(the);
}

void ear_class_install(xsMachine *the, const int16_t *recording, size_t sample_count) {
  next_sample = recording;
  samples_left = sample_count;
  xsmcVars(2);
  xsSlot *prototype = &xsVar(0);
  xsVar(0) = xsNewHostObject(xs_ear_destructor);
  host_define(the, prototype, "addWakeWord", xs_ear_add_wake_word, 4);
  host_define(the, prototype, "setPoint", xs_ear_set_point, 7);
  host_define(the, prototype, "setPronunciations", xs_ear_set_pronunciations, 2);
  host_define(the, prototype, "setEmbedding", xs_ear_set_embedding, 1);
  host_define(the, prototype, "setVerifier", xs_ear_set_verifier, 2);
  host_define(the, prototype, "setCommands", xs_ear_set_commands, 5);
  host_define(the, prototype, "setSensitivity", xs_ear_set_sensitivity, 1);
  host_define(the, prototype, "setGuard", xs_ear_set_guard, 1);
  host_define(the, prototype, "listen", xs_ear_listen, 1);
  host_define(the, prototype, "stopListening", xs_ear_stop_listening, 0);
  host_define(the, prototype, "setMuted", xs_ear_set_muted, 1);
  host_define(the, prototype, "takeEvent", xs_ear_take_event, 0);
  host_define(the, prototype, "memoryBytes", xs_ear_memory_bytes, 0);
  host_define(the, prototype, "hear", hear, 1);
  xsVar(1) = xsNewHostConstructor(construct, 0, xsVar(0));
  xsmcDefine(xsGlobal, xsID("Ear"), xsVar(1), xsDontEnum);
}

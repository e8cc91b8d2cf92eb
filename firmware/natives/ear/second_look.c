#include "second_look.h"

#define HALF 32768

/* What a phone may lose, the surer the spotter and the word verifier are the more, and the less the more was talked. */
static int32_t allowed_loss(int peak, int32_t logit, int talk, int32_t look_loss, int32_t unsure_loss) {
  const int32_t allowed = look_loss + (peak - HALF) * WAKE_WORD_LOOK_SLOPE / 65536 +
                          logit * WAKE_WORD_VERIFIER_WEIGHT / 256 - talk * WAKE_WORD_TALK_LOSS / 256;
  const int32_t most = logit < WAKE_WORD_SURE_LOGIT ? unsure_loss : WAKE_WORD_MOST_LOSS;
  return allowed < most ? allowed : most;
}

int second_look_finds(int peak, int32_t loss, int32_t logit, int talk, int32_t look_loss,
                      int32_t unsure_loss) {
  return logit >= WAKE_WORD_LEAST_LOGIT && loss <= allowed_loss(peak, logit, talk, look_loss, unsure_loss);
}

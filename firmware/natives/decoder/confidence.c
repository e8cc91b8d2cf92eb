#include "confidence.h"

/* 1000 / (1 + exp(-x)) for x = 0, 1/2, 1 … 8. */
static const int16_t LOGISTIC[] = {500, 622, 731, 818, 881, 924, 953, 971, 982,
                                   989, 993, 996, 998, 998, 999, 999, 1000};
#define LOGISTIC_STEP 128 /* 1/256 */
#define LOGISTIC_END (16 * LOGISTIC_STEP)

static int logistic(int32_t x) {
  int32_t size = x < 0 ? -x : x;
  if (size >= LOGISTIC_END) return x < 0 ? 0 : 1000;
  int32_t at = size / LOGISTIC_STEP;
  int32_t above = LOGISTIC[at] + (LOGISTIC[at + 1] - LOGISTIC[at]) * (size % LOGISTIC_STEP) / LOGISTIC_STEP;
  return x < 0 ? 1000 - above : above;
}

int confidence_of(const hypothesis *said, const decoder_judge *judge) {
  int32_t phones = said->phones;
  int64_t by_phone = (said->loss - said->entry_loss) / phones;
  int64_t doubt = CONFIDENCE_DOUBT / (phones + CONFIDENCE_DOUBT_PHONES);
  int64_t odds = CONFIDENCE_BIAS - CONFIDENCE_WEIGHT * (by_phone + doubt);
  int64_t of_worst = judge->worst - (int64_t)said->worst;
  if (of_worst < odds) odds = of_worst;
  return logistic(odds < -LOGISTIC_END ? -LOGISTIC_END : (int32_t)odds);
}

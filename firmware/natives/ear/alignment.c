#include "alignment.h"

#include <string.h>

#define OR 0x80
#define NAT 256
#define HALF_LIFE 177 /* the natural logarithm of 2 */
/* Far above what any alignment loses, far below overflow. */
#define LOST (INT32_MAX / 2)

static int read_pronunciation(alignment_pronunciation *self, const uint8_t *bytes, size_t byte_length) {
  self->phone_count = 0;
  for (size_t i = 0; i < byte_length; i++) {
    const int phone = bytes[i] & ~OR;
    const int is_alternative = bytes[i] & OR;
    if (phone == 0 || phone >= DECODER_CLASSES) return 0;
    if (is_alternative ? self->phone_count == 0 : self->phone_count == ALIGNMENT_MAX_PHONES) return 0;
    if (!is_alternative) self->phones[self->phone_count++] = 0;
    self->phones[self->phone_count - 1] |= (uint64_t)1 << phone;
  }
  return self->phone_count > 0;
}

static int read_pronunciations(alignment *self, const uint8_t *bytes, size_t byte_length) {
  size_t start = 0;
  for (size_t i = 0; i < byte_length; i++) {
    if (bytes[i] != 0) continue;
    if (self->pronunciation_count == ALIGNMENT_MAX_PRONUNCIATIONS) return 0;
    if (!read_pronunciation(&self->pronunciations[self->pronunciation_count], bytes + start, i - start))
      return 0;
    self->pronunciation_count++;
    start = i + 1;
  }
  return start == byte_length;
}

int alignment_set(alignment *self, const uint8_t *bytes, size_t byte_length) {
  memset(self, 0, sizeof *self);
  const int is_read = read_pronunciations(self, bytes, byte_length);
  if (!is_read) self->pronunciation_count = 0;
  alignment_reset(self);
  return is_read;
}

void alignment_reset(alignment *self) {
  const alignment_token lost = {LOST, 0};
  const alignment_end nowhere = {ALIGNMENT_NO_FIT, 0, 0};
  for (int i = 0; i < self->pronunciation_count; i++) {
    alignment_pronunciation *said = &self->pronunciations[i];
    for (int phone = 0; phone < said->phone_count; phone++)
      said->sounding[phone] = said->passed[phone] = lost;
  }
  for (int i = 0; i < ALIGNMENT_RECENT_ROWS; i++) self->ends[i] = nowhere;
  self->next_end = 0;
}

static alignment_token better(alignment_token one, alignment_token other) {
  return other.loss < one.loss ? other : one;
}

static alignment_token after(alignment_token token, int32_t loss, uint32_t frame) {
  token.loss = frame - token.began > ALIGNMENT_MAX_FRAMES ? LOST : token.loss + loss;
  if (token.loss > LOST) token.loss = LOST;
  return token;
}

/* A sound that is plainly another counts more than several that are a little off: that is how near misses differ from
 * accents and noise. 4 nats stay 4. */
static int32_t sharpened(int32_t loss) {
  return loss / 4 + (int32_t)((int64_t)loss * loss * 3 / (16 * NAT));
}

/* e to the power of -loss, in 1/256: halves by whole steps of 177/256 nat, straight lines between. */
static int32_t likelihood(int32_t loss) {
  const int32_t halves = loss / HALF_LIFE;
  return halves > 15 ? 0 : (2 * HALF_LIFE - loss % HALF_LIFE) * NAT / (2 * HALF_LIFE) >> halves;
}

/* What the best class itself loses: next to nothing where the model is sure, 3.7 nats where all are alike, as in music.
 * Without it everything would fit where nothing is said. */
static int32_t doubt(const int32_t row[DECODER_CLASSES]) {
  int32_t total = 0, loss = 0;
  for (int class = 0; class < DECODER_CLASSES; class++) total += likelihood(row[class]);
  for (; total >= 2 * NAT; total /= 2) loss += HALF_LIFE;
  return loss + (total - NAT) * HALF_LIFE / NAT;
}

static int32_t least_loss(uint64_t phones, const int32_t losses[DECODER_CLASSES]) {
  int32_t least = LOST;
  for (int class = 1; class < DECODER_CLASSES; class++) {
    if (phones >> class & 1 && losses[class] < least) least = losses[class];
  }
  return least;
}

/* From the last phone to the first, so that each still finds its forerunner as the row before left it. */
static void advance(alignment_pronunciation *self, const int32_t *losses, uint32_t frame) {
  for (int phone = self->phone_count - 1; phone >= 0; phone--) {
    alignment_token *sounding = &self->sounding[phone];
    alignment_token *passed = &self->passed[phone];
    const alignment_token into_blank = better(*sounding, *passed);
    alignment_token into_phone = *sounding;
    if (phone == 0) {
      const alignment_token begin = {0, frame};
      into_phone = better(into_phone, begin);
    } else {
      into_phone = better(into_phone, self->passed[phone - 1]);
      /* the same phone again needs a blank between */
      if (!(self->phones[phone] & self->phones[phone - 1])) into_phone = better(into_phone, sounding[-1]);
    }
    *sounding = after(into_phone, least_loss(self->phones[phone], losses), frame);
    *passed = after(into_blank, losses[0], frame);
  }
}

void alignment_weigh(int32_t losses[DECODER_CLASSES]) {
  const int32_t best = doubt(losses);
  for (int class = 0; class < DECODER_CLASSES; class++) losses[class] = sharpened(best + losses[class]);
}

void alignment_row(alignment *self, const int32_t losses[DECODER_CLASSES], uint32_t frame) {
  alignment_end end = {ALIGNMENT_NO_FIT, frame, frame};
  for (int i = 0; i < self->pronunciation_count; i++) {
    alignment_pronunciation *said = &self->pronunciations[i];
    advance(said, losses, frame);
    const alignment_token last = said->sounding[said->phone_count - 1];
    if (last.loss == LOST || last.loss / said->phone_count >= end.loss_per_phone) continue;
    end.loss_per_phone = last.loss / said->phone_count;
    end.began = last.began;
  }
  self->ends[self->next_end] = end;
  self->next_end = (self->next_end + 1) % ALIGNMENT_RECENT_ROWS;
}

uint32_t alignment_newest_frame(const alignment *self) {
  return self->ends[(self->next_end + ALIGNMENT_RECENT_ROWS - 1) % ALIGNMENT_RECENT_ROWS].frame;
}

void alignment_best(const alignment *self, alignment_end *best) {
  *best = self->ends[0];
  for (int i = 1; i < ALIGNMENT_RECENT_ROWS; i++) {
    const alignment_end *end = &self->ends[i];
    const int is_later = end->frame > best->frame;
    if (end->loss_per_phone < best->loss_per_phone ||
        (end->loss_per_phone == best->loss_per_phone && is_later))
      *best = *end;
  }
}

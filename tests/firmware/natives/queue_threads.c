/* One thread puts numbered messages as fast as it can, another takes them: each must come whole, in order, or be
 * counted as lost. Prints how many came and how many were lost. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "../../../firmware/natives/queue/queue.h"

#define MESSAGES 200000u
#define LONGEST 60u

static uint8_t memory[256];
static queue messages;
static int done;

static uint32_t length_of(uint32_t number) {
  return 4 + number * 7 % (LONGEST - 4);
}

static void *produce(void *nothing) {
  for (uint32_t number = 0; number < MESSAGES; number++) {
    uint8_t message[LONGEST];
    memset(message, (int)(number & 0xff), sizeof message);
    memcpy(message, &number, sizeof number);
    const int lost = !queue_put(&messages, message, length_of(number));
    if (lost && number % 256 == 0) sched_yield(); /* let the other one work, where there is one processor */
  }
  __atomic_store_n(&done, 1, __ATOMIC_RELEASE);
  return nothing;
}

static int is_whole(const uint8_t *message, size_t length, uint32_t number) {
  if (length != length_of(number)) return 0;
  for (size_t i = 4; i < length; i++)
    if (message[i] != (number & 0xff)) return 0;
  return 1;
}

int main(void) {
  pthread_t producer;
  uint8_t message[LONGEST];
  uint32_t taken = 0, lost = 0, next = 0;
  if (!queue_init(&messages, memory, sizeof memory)) return 1;
  if (pthread_create(&producer, NULL, produce, NULL) != 0) return 1;
  for (;;) {
    const int was_done = __atomic_load_n(&done, __ATOMIC_ACQUIRE);
    const size_t length = queue_take(&messages, message, sizeof message);
    if (length == 0 && was_done) break;
    if (length == 0) continue;
    uint32_t number;
    memcpy(&number, message, sizeof number);
    if (number < next || !is_whole(message, length, number)) {
      printf("message %u after %u is broken\n", (unsigned)number, (unsigned)next);
      return 1;
    }
    next = number + 1;
    taken++;
    lost += queue_take_lost(&messages);
  }
  pthread_join(producer, NULL);
  lost += queue_take_lost(&messages);
  printf("%u %u\n", (unsigned)taken, (unsigned)lost);
  return 0;
}

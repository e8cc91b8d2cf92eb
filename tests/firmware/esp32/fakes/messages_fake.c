#include <pthread.h>
#include <string.h>

#include "fakes.h"
#include "xsmc.h"

#include "xsHost.h" /* which needs the one above */

enum { MESSAGES = 64 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct {
  modMessageDeliver deliver;
  void *context;
} messages[MESSAGES];
static int message_count;

int modMessagePostToMachineFromISR(xsMachine *the, modMessageDeliver deliver, void *context) {
  (void)the;
  pthread_mutex_lock(&mutex);
  const int fits = message_count < MESSAGES;
  if (fits) {
    messages[message_count].deliver = deliver;
    messages[message_count++].context = context;
  }
  pthread_mutex_unlock(&mutex);
  return fits ? 0 : -1;
}

int fake_deliver_messages(void *machine) {
  for (int ran = 0;; ran++) {
    pthread_mutex_lock(&mutex);
    const int is_empty = message_count == 0;
    modMessageDeliver deliver = messages[0].deliver;
    void *context = messages[0].context;
    if (!is_empty) memmove(messages, messages + 1, sizeof messages[0] * (size_t)--message_count);
    pthread_mutex_unlock(&mutex);
    if (is_empty) return ran;
    deliver(machine, context, NULL, 0);
  }
}

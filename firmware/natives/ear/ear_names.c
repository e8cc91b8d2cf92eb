#include <string.h>

#include "ear_object.h"

static const char *const sensitivities[] = {"low", "normal", "high"};
static const char *const guards[] = {"unguarded", "guarded", "closed"};

static int number_of_name(const char *const *names, int count, const char *name) {
  for (int number = 0; number < count; number++) {
    const size_t length = strlen(names[number]);
    if (strlen(name) == length && memcmp(name, names[number], length) == 0) return number;
  }
  return -1;
}

int ear_sensitivity_of_name(const char *name) {
  return number_of_name(sensitivities, EAR_SENSITIVITIES, name);
}

const char *ear_sensitivity_name(ear_sensitivity sensitivity) {
  return sensitivities[sensitivity];
}

int ear_guard_of_name(const char *name) {
  return number_of_name(guards, 3, name);
}

int ear_phone_features_of_name(const char *name) {
  const size_t length = strlen(name);
  int number = 0;
  for (const char *word = EAR_PHONE_FEATURES;; number++) {
    size_t word_length = 0;
    while (word[word_length] && word[word_length] != '|') word_length++;
    if (word_length == length && memcmp(word, name, length) == 0) return number;
    if (!word[word_length]) return -1;
    word += word_length + 1;
  }
}

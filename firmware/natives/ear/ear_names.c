#include <string.h>

#include "ear_object.h"

static const char *const sensitivities[] = {"low", "normal", "high"};
static const char *const guards[] = {"unguarded", "guarded", "closed"};
static const char *const phone_features[] = {"noise-reduced", "plain"};

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
  return number_of_name(phone_features, 2, name);
}

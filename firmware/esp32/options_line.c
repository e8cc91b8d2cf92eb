#include "options_line.h"

#include "mc.xs.h"

line options_line(const options *self, option wanted, xsSlot *inner) {
  if (!options_has(self, wanted)) return (line){-1, 0};
  xsSlot *object = self->value;
  const options its = {self->the, object, inner, wanted.name};
  const int pin = options_pin(&its, OPTION(xsID_pin));
  return (line){pin, options_choice(&its, OPTION(xsID_active), "low|high")};
}

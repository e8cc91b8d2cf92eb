#include "ear_options.h"

#include "mc.xs.h"

static void read_bus(const options *given, sound_bus *self) {
  self->clock = options_pin(given, OPTION(xsID_clock));
  self->select = self->pdm ? -1 : options_pin(given, OPTION(xsID_select));
  self->data = options_pin(given, OPTION(xsID_data));
  self->master_clock = options_pin_or(given, OPTION(xsID_masterClock), -1);
  self->primary = options_choice(given, OPTION(xsID_role), "secondary|primary");
  self->slot_bits = options_choice(given, OPTION(xsID_slotBits), "16|32") ? 32 : 16;
  self->channel = (sound_bus_channel)options_choice(given, OPTION(xsID_channel), "left|right|both");
}

void loudspeaker_options_read(const options *given, sound_bus *self) {
  self->pdm = 0;
  read_bus(given, self);
  self->sample_rate = options_integer(given, OPTION(xsID_sampleRate), 8000, 48000);
}

static void read_microphone(const options *given, ear_options *self, xsSlot *inner) {
  self->microphone.pdm = options_choice(given, OPTION(xsID_bus), "i2s|pdm");
  read_bus(given, &self->microphone);
  self->microphone.sample_rate = SOUND_BUS_INPUT_RATE;
  self->gain_bits = options_integer_or(given, OPTION(xsID_gainBits), 0, MIC_MAX_GAIN_BITS, 0);
  self->mute.power = options_line(given, OPTION(xsID_power), inner);
}

static void read_mute(const options *given, mute_pin *self) {
  self->pin = -1;
  if (options_has(given, OPTION(xsID_absent))) return;
  self->pin = options_pin(given, OPTION(xsID_pin));
  self->active_high = options_choice(given, OPTION(xsID_active), "low|high");
  const int pull = options_choice(given, OPTION(xsID_pull), "none|up|down");
  self->pull_up = pull == 1;
  self->pull_down = pull == 2;
}

static void check_sharing(xsMachine *the, const ear_options *self) {
  const sound_bus *in = &self->microphone, *out = &self->loudspeaker;
  if (!self->has_loudspeaker || in->clock != out->clock) return;
  if (in->pdm || in->select != out->select || in->primary != out->primary ||
      in->slot_bits != out->slot_bits || in->sample_rate != out->sample_rate)
    xsRangeError(
        "loudspeaker: with the microphone's clock it must have its word select, role, slots and rate");
}

void ear_options_read(xsMachine *the, ear_options *self) {
  xsSlot *object = &xsVar(0), *value = &xsVar(1), *inner = &xsVar(2);
  const options all = {the, &xsArg(0), object, "ear"};
  if (!options_has(&all, OPTION(xsID_microphone))) xsTypeError("ear: microphone is missing");
  const options microphone = {the, object, value, "microphone"};
  read_microphone(&microphone, self, inner);
  self->mute.pin = -1;
  const options mute = {the, object, value, "mute"};
  if (options_has(&all, OPTION(xsID_mute))) read_mute(&mute, &self->mute);
  const options loudspeaker = {the, object, value, "loudspeaker"};
  self->has_loudspeaker =
      options_has(&all, OPTION(xsID_loudspeaker)) && !options_has(&loudspeaker, OPTION(xsID_absent));
  if (self->has_loudspeaker) loudspeaker_options_read(&loudspeaker, &self->loudspeaker);
  check_sharing(the, self);
  self->in_steps = options_choice_or(&all, OPTION(xsID_pace), "realTime|step", 0);
}

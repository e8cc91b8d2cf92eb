#include "ear_options.h"

#include "mc.xs.h"

static void read_bus(const options *given, sound_bus *self) {
  self->clock = options_pin(given, OPTION(clock));
  self->select = self->pdm ? -1 : options_pin(given, OPTION(select));
  self->data = options_pin(given, OPTION(data));
  self->master_clock = options_pin_or(given, OPTION(masterClock), -1);
  self->primary = options_choice(given, OPTION(role), "secondary|primary");
  self->slot_bits = options_choice(given, OPTION(slotBits), "16|32") ? 32 : 16;
  self->channel = (sound_bus_channel)options_choice(given, OPTION(channel), "left|right|both");
}

void speaker_options_read(const options *given, sound_bus *self) {
  self->pdm = 0;
  read_bus(given, self);
  self->sample_rate = options_integer(given, OPTION(sampleRate), 8000, 48000);
}

static void read_microphone(const options *given, ear_options *self, xsSlot *inner) {
  self->microphone.pdm = options_choice(given, OPTION(bus), "i2s|pdm");
  read_bus(given, &self->microphone);
  self->microphone.sample_rate = SOUND_BUS_INPUT_RATE;
  self->gain_bits = options_integer_or(given, OPTION(gainBits), 0, MIC_MAX_GAIN_BITS, 0);
  self->mute.power = options_line(given, OPTION(power), inner);
}

static void read_mute(const options *given, mute_pin *self) {
  self->pin = -1;
  if (options_has(given, OPTION(absent))) return;
  self->pin = options_pin(given, OPTION(pin));
  self->active_high = options_choice(given, OPTION(active), "low|high");
  const int pull = options_choice(given, OPTION(pull), "none|up|down");
  self->pull_up = pull == 1;
  self->pull_down = pull == 2;
}

static void check_sharing(xsMachine *the, const ear_options *self) {
  const sound_bus *in = &self->microphone, *out = &self->speaker;
  if (!self->has_speaker || in->clock != out->clock) return;
  if (in->pdm || in->select != out->select || in->primary != out->primary ||
      in->slot_bits != out->slot_bits || in->sample_rate != out->sample_rate)
    xsRangeError("speaker: with the microphone's clock it must have its word select, role, slots and rate");
}

void ear_options_read(xsMachine *the, ear_options *self) {
  xsSlot *object = &xsVar(0), *value = &xsVar(1), *inner = &xsVar(2);
  const options all = {the, &xsArg(0), object, "ear"};
  if (!options_has(&all, OPTION(microphone))) xsTypeError("ear: microphone is missing");
  const options microphone = {the, object, value, "microphone"};
  read_microphone(&microphone, self, inner);
  self->mute.pin = -1;
  const options mute = {the, object, value, "mute"};
  if (options_has(&all, OPTION(mute))) read_mute(&mute, &self->mute);
  const options speaker = {the, object, value, "speaker"};
  self->has_speaker = options_has(&all, OPTION(speaker)) && !options_has(&speaker, OPTION(absent));
  if (self->has_speaker) speaker_options_read(&speaker, &self->speaker);
  check_sharing(the, self);
  self->in_steps = options_choice_or(&all, OPTION(pace), "realTime|step", 0);
}

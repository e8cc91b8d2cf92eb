/* Which C function stands behind what; ear.d.ts says what each does. The compiler of the chip's JavaScript puts the
 * functions themselves in place of these calls. */
class Ear extends Native('xs_chip_ear_destructor') {
  constructor(options) {
    super();
    native('xs_chip_ear').call(this, options);
  }
  addWakeWord(name, model, probabilityCutoff, window) {
    native('xs_chip_ear_add_wake_word').call(this, name, model, probabilityCutoff, window);
  }
  setPoint(wakeWord, sensitivity, probabilityCutoff, window, lookCutoff, lookLossNats, unsureLossNats) {
    native('xs_chip_ear_set_point').call(
      this,
      wakeWord,
      sensitivity,
      probabilityCutoff,
      window,
      lookCutoff,
      lookLossNats,
      unsureLossNats,
    );
  }
  setPronunciations(wakeWord, bytes) {
    native('xs_chip_ear_set_pronunciations').call(this, wakeWord, bytes);
  }
  setEmbedding(model) {
    native('xs_chip_ear_set_embedding').call(this, model);
  }
  setVerifier(wakeWord, model) {
    native('xs_chip_ear_set_verifier').call(this, wakeWord, model);
  }
  setCommands(phones, network, blankPenalty, lookAheadMs, features) {
    native('xs_chip_ear_set_commands').call(this, phones, network, blankPenalty, lookAheadMs, features);
  }
  start() {
    native('xs_chip_ear_start').call(this);
  }
  listen(sinceSample) {
    native('xs_chip_ear_listen').call(this, sinceSample);
  }
  stopListening() {
    native('xs_chip_ear_stop_listening').call(this);
  }
  setMuted(muted) {
    native('xs_chip_ear_set_muted').call(this, muted);
  }
  setSensitivity(sensitivity) {
    native('xs_chip_ear_set_sensitivity').call(this, sensitivity);
  }
  setGuard(guard) {
    native('xs_chip_ear_set_guard').call(this, guard);
  }
  takeEvent() {
    return native('xs_chip_ear_take_event').call(this);
  }
  get muted() {
    return native('xs_chip_ear_muted').call(this);
  }
  get switchMuted() {
    return native('xs_chip_ear_switch_muted').call(this);
  }
  get elapsedSamples() {
    return native('xs_chip_ear_elapsed_samples').call(this);
  }
  get internalBytes() {
    return native('xs_chip_ear_internal_bytes').call(this);
  }
  get externalBytes() {
    return native('xs_chip_ear_external_bytes').call(this);
  }
  get stackLeftBytes() {
    return native('xs_chip_ear_stack_left_bytes').call(this);
  }
  step() {
    return native('xs_chip_ear_step').call(this);
  }
  close() {
    native('xs_chip_ear_close').call(this);
  }
}

export default Ear;

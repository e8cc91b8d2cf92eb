/* Which C function stands behind what; ear.d.ts says what each does. The compiler of the chip's JavaScript puts the
 * functions themselves in place of these calls. */
class Ear extends Native('xs_chip_ear_destructor') {
  constructor(options) {
    super();
    native('xs_chip_ear').call(this, options);
  }
  configure(hearing) {
    native('xs_chip_ear_configure').call(this, hearing);
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
  get levelDb() {
    return native('xs_chip_ear_level_db').call(this);
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

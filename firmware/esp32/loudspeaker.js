/* Which C function stands behind what; loudspeaker.d.ts says what each does. */
class Loudspeaker extends Native('xs_chip_loudspeaker_destructor') {
  constructor(options) {
    super();
    native('xs_chip_loudspeaker').call(this, options);
  }
  play(cue, volumePercent) {
    native('xs_chip_loudspeaker_play').call(this, cue, volumePercent);
  }
  stop() {
    native('xs_chip_loudspeaker_stop').call(this);
  }
  close() {
    native('xs_chip_loudspeaker_close').call(this);
  }
}

export default Loudspeaker;

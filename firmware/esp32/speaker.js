/* Which C function stands behind what; speaker.d.ts says what each does. */
class Speaker extends Native('xs_chip_speaker_destructor') {
  constructor(options) {
    super();
    native('xs_chip_speaker').call(this, options);
  }
  play(cue, volumePercent) {
    native('xs_chip_speaker_play').call(this, cue, volumePercent);
  }
  stop() {
    native('xs_chip_speaker_stop').call(this);
  }
  close() {
    native('xs_chip_speaker_close').call(this);
  }
}

export default Speaker;

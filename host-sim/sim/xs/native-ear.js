/* Which C function of clip_ear_xs.c stands behind what; native-ear.d.ts says what each does. */
class Ear extends Native('xs_clip_ear_destructor') {
  constructor(clip) {
    super();
    native('xs_clip_ear').call(this, clip);
  }
}

Object.assign(Ear.prototype, {
  configure: native('xs_clip_ear_configure'),
  setSensitivity: native('xs_clip_ear_set_sensitivity'),
  setGuard: native('xs_clip_ear_set_guard'),
  listen: native('xs_clip_ear_listen'),
  stopListening: native('xs_clip_ear_stop_listening'),
  setMuted: native('xs_clip_ear_set_muted'),
  takeEvent: native('xs_clip_ear_take_event'),
  memoryBytes: native('xs_clip_ear_memory_bytes'),
  hear: native('xs_clip_ear_hear'),
});

export default Ear;

/* Which C function stands behind what; ring.d.ts says what each does. */
class Ring extends Native('xs_chip_ring_destructor') {
  constructor(options) {
    super();
    native('xs_chip_ring').call(this, options);
  }
  get pixelCount() {
    return native('xs_chip_ring_pixel_count').call(this);
  }
  show(rgb) {
    return native('xs_chip_ring_show').call(this, rgb);
  }
  close() {
    native('xs_chip_ring_close').call(this);
  }
}

export default Ring;

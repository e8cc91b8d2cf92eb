/* Which C function stands behind what; resource.d.ts says what each does. */
class Resource extends Native('xs_resource_destructor') {
  constructor(name) {
    super();
    native('xs_resource').call(this, name);
  }
  static open() {
    return native('xs_resource_open').call(Resource);
  }
  static copyToPsram(name) {
    return native('xs_resource_copy_to_psram').call(Resource, name);
  }
  static text(name) {
    return native('xs_resource_text').call(Resource, name);
  }
}

export default Resource;

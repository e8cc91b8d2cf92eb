/* C that asks the SDK for what has come; read.d.ts says what it does. */
export default function read() {
  return native('xs_serial_read').call(this);
}

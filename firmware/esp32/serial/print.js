/* The SDK's C behind its own console; print.d.ts says what it does. */
function write(line, end) {
  native('xs_console_write').call(this, line, end);
}

export default function print(line) {
  write(line, '\r\n');
}

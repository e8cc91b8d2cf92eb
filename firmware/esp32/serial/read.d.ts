/** What has come on the serial port since the last call, undefined when nothing has, and in a debug build, where the port
 * belongs to the debugger. Only printable ASCII and line ends. */
export default function read(): string | undefined;

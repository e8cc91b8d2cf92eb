/** Writes a line on the serial port, as plain text, in debug and release builds alike. */
export default function print(line: string): void;

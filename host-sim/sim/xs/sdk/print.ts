declare const host: { print(line: string): void };

/** The serial port. */
export default function print(line: string): void {
  host.print(line);
}

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from '../cli/problem';

/** Reads fields of one manifest, naming file and field in every complaint. */
export class Manifest {
  constructor(
    readonly path: string,
    readonly fields: Readonly<Record<string, unknown>>,
    readonly prefix = '',
  ) {}

  child(key: string): Manifest {
    const value = this.fields[key];
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw this.wrong(key, 'an object');
    return new Manifest(this.path, value as Record<string, unknown>, `${this.prefix}${key}.`);
  }

  has(key: string): boolean {
    return this.fields[key] !== undefined;
  }

  optionalChild(key: string): Manifest | undefined {
    return this.has(key) ? this.child(key) : undefined;
  }

  text(key: string): string {
    const value = this.fields[key];
    if (typeof value !== 'string' || value === '') throw this.wrong(key, 'a text');
    return value;
  }

  texts(key: string): string[] {
    const value = this.fields[key];
    if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'))
      return value;
    throw this.wrong(key, 'a list of texts');
  }

  choice<Choice extends string>(key: string, choices: readonly Choice[]): Choice {
    const value = choices.find((choice) => choice === this.fields[key]);
    if (value === undefined) throw this.wrong(key, choices.map((choice) => `"${choice}"`).join(' or '));
    return value;
  }

  number(key: string, least: number, most: number): number {
    const value = this.fields[key];
    if (typeof value === 'number' && value >= least && value <= most) return value;
    throw this.wrong(key, `a number from ${least} to ${most}`);
  }

  integer(key: string, least: number, most: number): number {
    const value = this.number(key, least, most);
    if (!Number.isInteger(value)) throw this.wrong(key, `a whole number from ${least} to ${most}`);
    return value;
  }

  optionalNumber(key: string, least: number, most: number): number | undefined {
    return this.has(key) ? this.number(key, least, most) : undefined;
  }

  optionalInteger(key: string, least: number, most: number): number | undefined {
    return this.has(key) ? this.integer(key, least, most) : undefined;
  }

  /** Lists of texts, as pronunciations are written. */
  optionalLists(key: string): readonly (readonly string[])[] | undefined {
    const value = this.fields[key];
    const isTexts = (item: unknown): boolean =>
      Array.isArray(item) && item.every((text) => typeof text === 'string');
    if (value === undefined || (Array.isArray(value) && value.every(isTexts)))
      return value as readonly (readonly string[])[] | undefined;
    throw this.wrong(key, 'a list of lists of texts');
  }

  /** The network that a field names, beside the manifest. */
  modelBytes(key = 'model'): Uint8Array {
    const path = join(dirname(this.path), this.text(key));
    if (!existsSync(path)) throw new Problem(`${this.path}: the network it names is not there: ${path}`);
    const bytes = readFileSync(path);
    // a TFLite file carries this identifier behind the offset of its root table
    if (bytes.toString('latin1', 4, 8) !== 'TFL3') throw new Problem(`${path}: not a TFLite model`);
    return Uint8Array.from(bytes);
  }

  private wrong(key: string, right: string): Problem {
    const value = JSON.stringify(this.fields[key]) ?? 'missing';
    return new Problem(`${this.path}: "${this.prefix}${key}" is ${value}, but must be ${right}`);
  }
}

// Little-endian reading and writing of the files exchanged with the tests. An index is a u64, 0 for none.
import { readFileSync, writeFileSync } from 'node:fs';

export class Writer {
  #buffer = Buffer.alloc(1 << 20);
  #length = 0;

  #reserve(size) {
    if (this.#length + size > this.#buffer.length) {
      this.#buffer = Buffer.concat([this.#buffer], this.#buffer.length * 2);
    }
    const at = this.#length;
    this.#length += size;
    return at;
  }

  u8(value) { const at = this.#reserve(1); this.#buffer.writeUInt8(value, at); }
  i32(value) { const at = this.#reserve(4); this.#buffer.writeInt32LE(value, at); }
  f64(value) { const at = this.#reserve(8); this.#buffer.writeDoubleLE(value, at); }

  index(cell) {
    const at = this.#reserve(8);
    const hex = (cell ?? '').padStart(16, '0');
    this.#buffer.writeUInt32LE(parseInt(hex.slice(8), 16), at);
    this.#buffer.writeUInt32LE(parseInt(hex.slice(0, 8), 16), at + 4);
  }

  indexes(cells) {
    this.i32(cells.length);
    for (const cell of cells) this.index(cell);
  }

  bytes() { return this.#buffer.subarray(0, this.#length); }
  save(path) { writeFileSync(path, this.bytes()); }
}

export class Reader {
  #buffer;
  #at = 0;

  constructor(path) { this.#buffer = readFileSync(path); }

  get done() { return this.#at >= this.#buffer.length; }
  u8() { return this.#buffer.readUInt8(this.#at++); }
  i32() { const value = this.#buffer.readInt32LE(this.#at); this.#at += 4; return value; }
  f64() { const value = this.#buffer.readDoubleLE(this.#at); this.#at += 8; return value; }

  index() {
    const low = this.#buffer.readUInt32LE(this.#at);
    const high = this.#buffer.readUInt32LE(this.#at + 4);
    this.#at += 8;
    return high.toString(16) + low.toString(16).padStart(8, '0');
  }

  indexes() { return Array.from({ length: this.i32() }, () => this.index()); }
}

// Writes the golden data: node golden.mjs <folder>. See the README there.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import h3 from 'h3-js';
import { Writer } from './binary.mjs';

// Angles as whole 1e-10 degrees: finer than the 1e-11 rad the tests ask for, and a third smaller than doubles.
const SCALE = 1e10;

function angle(out, degrees) {
  const units = Math.round(degrees * SCALE) + 2 ** 47;
  out.i32(units % 2 ** 32 | 0);
  out.u8(Math.floor(units / 2 ** 32) & 0xff);
  out.u8(Math.floor(units / 2 ** 40) & 0xff);
}

/** Every cell of resolutions 0 to 2: index, parent, centre, boundary, neighbours. */
function cells() {
  const out = new Writer();
  for (let resolution = 0; resolution <= 2; resolution++) {
    for (const cell of h3.getRes0Cells().flatMap((base) => h3.cellToChildren(base, resolution))) {
      out.index(cell);
      out.index(resolution > 0 ? h3.cellToParent(cell, resolution - 1) : undefined);
      const boundary = h3.cellToBoundary(cell);
      out.u8(boundary.length);
      for (const point of [h3.cellToLatLng(cell), ...boundary]) point.forEach((degrees) => angle(out, degrees));
      out.indexes(h3.gridDisk(cell, 1).filter((neighbor) => neighbor !== cell).sort());
    }
  }
  return out;
}

/** Every pentagon of every resolution and the rings 1 to 3 around it. */
function pentagons() {
  const out = new Writer();
  for (let resolution = 0; resolution <= 15; resolution++) {
    for (const pentagon of h3.getPentagons(resolution)) {
      out.index(pentagon);
      for (let k = 1; k <= 3; k++) out.indexes(h3.gridRing(pentagon, k).sort());
    }
  }
  return out;
}

/** 20,000 random points, evenly over the sphere, at microdegrees so that both sides read the same doubles: lat, lng, resolution, cell. */
function points() {
  const out = new Writer();
  let state = 1;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  for (let i = 0; i < 20000; i++) {
    const lat = Math.round(Math.asin(2 * random() - 1) * 180 / Math.PI * 1e6);
    const lng = Math.round((random() * 360 - 180) * 1e6);
    out.i32(lat);
    out.i32(lng);
    out.u8(i % 16);
    out.index(h3.latLngToCell(lat / 1e6, lng / 1e6, i % 16));
  }
  return out;
}

const folder = process.argv[2];
for (const [name, make] of Object.entries({ cells, pentagons, points })) {
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } };
  writeFileSync(join(folder, `h3-${name}.bin.br`), brotliCompressSync(make().bytes(), options));
}

// Answers requests with h3-js: node oracle.mjs <command> <request file or resolution> <answer file>
import h3 from 'h3-js';
import { Reader, Writer } from './binary.mjs';

/** All cells of a resolution: index, parent, centre, boundary, neighbours. */
function cells(resolution) {
  const out = new Writer();
  const level = Number(resolution);
  for (const base of h3.getRes0Cells()) {
    for (const cell of h3.cellToChildren(base, level)) writeCell(out, cell, level);
  }
  return out;
}

function writeCell(out, cell, level) {
  out.index(cell);
  out.index(level > 0 ? h3.cellToParent(cell, level - 1) : undefined);
  for (const degrees of h3.cellToLatLng(cell)) out.f64(degrees);
  const boundary = h3.cellToBoundary(cell);
  out.u8(boundary.length);
  for (const vertex of boundary) vertex.forEach((degrees) => out.f64(degrees));
  out.indexes(h3.gridDisk(cell, 1).filter((neighbor) => neighbor !== cell));
}

/** For each latitude, longitude, resolution: the cell. */
function points(request) {
  const out = new Writer();
  for (const input = new Reader(request); !input.done;) {
    out.index(h3.latLngToCell(input.f64(), input.f64(), input.u8()));
  }
  return out;
}

/** For each cell and k: the disk and the ring. */
function disks(request) {
  const out = new Writer();
  for (const input = new Reader(request); !input.done;) {
    const [cell, k] = [input.index(), input.i32()];
    out.indexes(h3.gridDisk(cell, k));
    out.indexes(h3.gridRing(cell, k));
  }
  return out;
}

/** For each pair: the grid distance or -1, and the path or nothing. */
function pairs(request) {
  const out = new Writer();
  for (const input = new Reader(request); !input.done;) {
    const [from, to] = [input.index(), input.index()];
    out.i32(orElse(-1, () => h3.gridDistance(from, to)));
    out.indexes(orElse([], () => h3.gridPathCells(from, to)));
  }
  return out;
}

/** For each set: the compacted set. */
function compact(request) {
  const out = new Writer();
  for (const input = new Reader(request); !input.done;) out.indexes(h3.compactCells(input.indexes()));
  return out;
}

/** For each cell: its area in km², then for each of its neighbours the cell and the edge length in km. */
function measures(request) {
  const out = new Writer();
  for (const input = new Reader(request); !input.done;) {
    const cell = input.index();
    out.f64(h3.cellArea(cell, 'km2'));
    const edges = h3.originToDirectedEdges(cell);
    out.i32(edges.length);
    for (const edge of edges) {
      out.index(h3.getDirectedEdgeDestination(edge));
      out.f64(h3.edgeLength(edge, 'km'));
    }
  }
  return out;
}

function orElse(fallback, answer) {
  try {
    return answer();
  } catch {
    return fallback;
  }
}

const commands = { cells, points, disks, pairs, compact, measures };
const [command, request, answer] = process.argv.slice(2);
if (command in commands) commands[command](request).save(answer);

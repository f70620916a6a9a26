import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Leaves each file of the build gzipped, and only so: the server sends them as they are. */
export function gzipOutput(): Plugin {
  return {
    name: 'gzip-output',
    apply: 'build',
    writeBundle(options) {
      const folder = options.dir!;
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (entry.isFile()) {
          const path = join(entry.parentPath, entry.name);
          writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
          rmSync(path);
        }
      }
    },
  };
}

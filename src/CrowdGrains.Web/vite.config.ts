import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { gzipOutput } from './vite.gzip.ts';
import { land } from './vite.land.ts';

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  plugins: [land(), gzipOutput()],
  build: {
    target: 'es2022',
    emptyOutDir: true,

    // Nothing may be inlined: the pages' policy allows neither data: scripts nor inline styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    rollupOptions: { input: [page('index.html'), page('helper.html'), page('customer.html')] },
  },
  test: { include: ['app/**/*.test.ts'] },
});

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// The server compiles the two files in and serves them under its own content hash, so their names are fixed and there
// is no third.
export default defineConfig({
  plugins: [vue()],
  build: {
    target: 'chrome86',
    cssTarget: 'chrome86',
    cssCodeSplit: false,
    modulePreload: false,
    sourcemap: false,
    copyPublicDir: false,
    rollupOptions: {
      input: 'src/main.ts',
      output: {
        inlineDynamicImports: true,
        entryFileNames: 'desk.js',
        assetFileNames: 'desk[extname]',
      },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['tests/**/*.spec.ts'],
    css: false,
    restoreMocks: true,
    testTimeout: 120_000, // a machine that builds something else beside is slow, and no fault
  },
})

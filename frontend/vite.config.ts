import { defineConfig } from "vitest/config";

const SERVER = "http://127.0.0.1:8420";

export default defineConfig({
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    cssTarget: ["chrome123", "firefox120", "safari17.5"], // they know light-dark(): a part of the page can be dark by itself
    assetsInlineLimit: 0, // the content security policy allows no data: scripts, styles or fonts
    chunkSizeWarningLimit: 800,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
  server: {
    proxy: {
      "/api": { target: SERVER, ws: true },
      "/models": SERVER,
      "/wasm": SERVER,
    },
  },
  test: { include: ["src/**/*.test.{ts,tsx}"], environment: "node" },
});

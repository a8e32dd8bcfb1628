import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const SERVER = "http://127.0.0.1:8420";

const PUBLIC = ["/manifest.webmanifest", "/icons/icon-192.png", "/icons/icon-512.png"];

const VOICE = /\.(mp3|json)$/;

/** Tells the service worker which files the page is made of, and a name for exactly these. */
function shell(): Plugin {
  return {
    name: "shell",
    async generateBundle(_options, bundle) {
      // The recorded voice is kept when a session begins that needs it: it is larger than all the rest together.
      const assets = Object.keys(bundle).filter((name) => name.startsWith("assets/") && !VOICE.test(name));
      const files = [...assets.map((name) => `/${name}`).sort(), ...PUBLIC];
      const worker = bundle["sw.js"];
      if (worker?.type !== "chunk") throw new Error("there is no service worker in the build");
      const version = await digest(JSON.stringify(files) + worker.code);
      worker.code = worker.code
        .replaceAll("__SHELL__", JSON.stringify(files))
        .replaceAll("__VERSION__", JSON.stringify(version));
    },
  };
}

async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes.subarray(0, 6), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export default defineConfig({
  plugins: [shell()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    cssTarget: ["chrome123", "firefox120", "safari17.5"], // they know light-dark(): a part of the page can be dark by itself
    assetsInlineLimit: 0, // the content security policy allows no data: scripts, styles or fonts
    chunkSizeWarningLimit: 800,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: "index.html", sw: "src/offline/sw.worker.ts" },
      output: { entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
    },
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

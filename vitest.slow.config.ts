import { defineConfig } from "vitest/config";

/** What takes minutes: `npm run test:slow`. */
export default defineConfig({
  test: {
    include: ["test/**/*.slow.ts"],
    reporters: ["default", "./test/support/project/closing-line.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});

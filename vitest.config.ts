import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", "./test/support/project/closing-line.ts"],
    // Flows wait more than they compute: two at once fit on two cores, where by default there would be one.
    maxWorkers: 2,
    // Whole flows share two cores with what else runs here; a slow machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});

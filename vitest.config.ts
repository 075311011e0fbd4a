import { configDefaults, defineConfig } from "vitest/config";

/** Tests that leave nothing behind in their process: they share workers, and what one loaded the next need not load. */
const SHARING = ["domain", "feel", "dmn", "kernel", "template", "channels", "usecases", "adapters"].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    reporters: ["default", "./test/support/project/closing-line.ts"],
    // Flows wait more than they compute: two at once fit on two cores, where by default there would be one.
    maxWorkers: 2,
    // Whole flows share two cores with what else runs here; a slow machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 180_000,
    projects: [
      { extends: true, test: { name: "pure", include: SHARING, isolate: false } },
      {
        extends: true,
        test: {
          name: "whole",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...SHARING],
        },
      },
    ],
  },
});

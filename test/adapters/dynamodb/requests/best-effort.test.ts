import { describe, expect, it } from "vitest";
import { bestEffort } from "#adapters/dynamodb/requests/best-effort.ts";

const failing = (name: string): Promise<never> =>
  Promise.reject(Object.assign(new Error("is not authorized to perform"), { name }));

describe("a repair that the next caller would make", () => {
  it.each(["ThrottlingException", "ConditionalCheckFailedException", "TimeoutError"])(
    "may fail with %s",
    async (name) => {
      await expect(bestEffort([failing(name), Promise.resolve()])).resolves.toBeUndefined();
    },
  );

  it.each(["AccessDeniedException", "AccessDenied"])(
    "tells %s, which no caller would ever make good",
    async (name) => {
      await expect(bestEffort([Promise.resolve(), failing(name)])).rejects.toThrow("not authorized");
    },
  );
});

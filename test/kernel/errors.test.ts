import { describe, expect, it, vi } from "vitest";
import { RapportError } from "#kernel/errors.ts";

describe("an error of the catalogue", () => {
  it("is known as one though it comes from a file that was bundled apart", async () => {
    vi.resetModules();
    const apart = await import("#kernel/errors.ts");
    expect(apart.RapportError).not.toBe(RapportError);
    expect(apart.wrongField("limit", "less", "more") instanceof RapportError).toBe(true);
  });

  it.each([[new Error("not_found")], [{ code: "not_found", status: 404 }], [null], ["not_found"]])(
    "is nothing else: %s",
    (value) => {
      expect(value instanceof RapportError).toBe(false);
    },
  );
});

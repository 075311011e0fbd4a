import { describe, expect, it } from "vitest";
import { parseKeyring } from "#kernel/keyring.ts";
import { heldSecret } from "#runtime/secrets.ts";

const holding = () => {
  const world = { now: 0, text: "first" as string | Error, reads: 0 };
  const read = async () => {
    world.reads += 1;
    if (world.text instanceof Error) throw world.text;
    return parseKeyring(world.text);
  };
  const held = heldSecret("a secret", { now: () => world.now }, read);
  return { world, key: async () => (await held())[0]?.key };
};

describe("a secret that is held", () => {
  it("should cost one read for five minutes, however many ask", async () => {
    const { world, key } = holding();
    expect(await Promise.all([key(), key(), key()])).toEqual(["first", "first", "first"]);
    world.text = "second";
    world.now = 299_999;
    expect(await key()).toBe("first");
    expect(world.reads).toBe(1);
    world.now = 300_000;
    expect(await key()).toBe("second");
  });

  it("should go on as it is known while it cannot be read again", async () => {
    const { world, key } = holding();
    await key();
    world.text = new Error("Secrets Manager does not answer");
    world.now = 300_000;
    expect(await key()).toBe("first");
    world.text = "second";
    world.now = 600_000;
    expect(await key()).toBe("second");
  });

  it("should be asked for again at once where it was never known", async () => {
    const { world, key } = holding();
    world.text = new Error("AccessDenied");
    await expect(key()).rejects.toThrow("AccessDenied");
    world.text = "first";
    expect(await key()).toBe("first");
  });
});

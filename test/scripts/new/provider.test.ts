import { describe, expect, it } from "vitest";
import { newChannelFiles, parseNewChannel } from "#scripts/new/channel.ts";
import { parseNewProvider } from "#scripts/new/provider.ts";
import { providerFiles } from "#scripts/new/provider-files.ts";

const CHANNELS = ["email", "sms"];

describe("npm run new:provider", () => {
  it("writes every face into the provider's own folder", () => {
    const files = Object.keys(providerFiles({ name: "acme-mail", channel: "email" }));
    expect(files.toSorted()).toEqual(
      [
        "README.md",
        "contract.ts",
        "inbound.ts",
        "local.ts",
        "reports.ts",
        "resources.ts",
        "sender.ts",
        "settings.ts",
      ].map((name) => `providers/acme-mail/${name}`),
    );
  });

  it("says how it is called when it is called otherwise", () => {
    expect(() => parseNewProvider(["Acme"], CHANNELS)).toThrow("is no name in lower-case letters");
    expect(() => parseNewProvider(["acme"], CHANNELS)).toThrow("One of email, sms.");
    expect(() => parseNewProvider(["acme", "--channel", "pigeon"], CHANNELS)).toThrow("One of email, sms.");
    expect(parseNewProvider(["acme", "--channel", "sms"], CHANNELS)).toEqual({
      name: "acme",
      channel: "sms",
    });
  });
});

describe("npm run new:channel", () => {
  it("writes the channel, its worker, and a page of the runbook for each of its alarms", () => {
    expect(Object.keys(newChannelFiles("fax"))).toEqual([
      "shared/channels/fax/channel.ts",
      "shared/channels/fax/message.ts",
      "shared/channels/fax/render.ts",
      "functions/send/fax/handler.ts",
      "functions/send/fax/limits.ts",
      "functions/send/fax/stack.ts",
      "test/channels/fax/render.test.ts",
      "docs/runbook/send-fax-dead-letter.md",
      "docs/runbook/send-fax-late.md",
      "docs/runbook/send-fax-late-bulk.md",
      "docs/runbook/send-fax-stuck.md",
      "docs/runbook/send-fax-failed.md",
    ]);
  });

  it("says how it is called when it is called otherwise", () => {
    expect(() => parseNewChannel(["carrier-pigeon"])).toThrow("is no name of one word");
    expect(parseNewChannel(["fax"])).toBe("fax");
  });
});

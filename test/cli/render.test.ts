import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCli } from "#cli/run.ts";
import { PROJECT_ROOT } from "../support/project/root.ts";

let [out, error]: [string[], string[]] = [[], []];
beforeEach(() => {
  [out, error] = [[], []];
});
afterEach(() => vi.unstubAllGlobals());

const RETAIL = `${PROJECT_ROOT}playbooks/retail`;
const EVENT = '{"order_id":"A-1","tracking_url":"https://evil.example/x"}';
const run = (...args: readonly string[]): Promise<number> =>
  runCli(["render", RETAIL, ...args], {
    environment: {},
    out: (line) => out.push(line),
    error: (line) => error.push(line),
  });

/** A hub that knows one customer. */
const hubKnows = (profile: object): void => {
  vi.stubGlobal("fetch", async (url: string) => {
    expect(new URL(url).pathname).toBe("/v1/profiles/userId%3Akim");
    return Response.json({ traits: {}, computed: {}, segments: [], addresses: [], ...profile });
  });
};

describe("rapport render", () => {
  it("shows a treatment on all of its channels, its parts, and what is left out", async () => {
    expect(await run("--treatment", "order-shipped", "--event", EVENT)).toBe(0);
    const text = out.join("\n");
    expect(text).toContain("order-shipped by email, in en");
    expect(text).toMatch(/html: \d+ characters, not shown/);
    expect(text).toMatch(
      /order-shipped by sms, in en\n(?:.*\n)*?text: "?Tamarack & Finch: order A-1 is on its way\./,
    );
    expect(text).toContain("1 part of GSM-7");
    expect(text).toContain("warning: a link to evil.example is left out of text");
    expect(text).toMatch(/order-shipped by whatsapp, in en\n(?:.*\n)*? {2}name: order_shipped/);
    expect(error).toEqual([]);
  });

  it("shows it for a customer of the hub, in their language and to their address", async () => {
    hubKnows({
      traits: { locale: "de" },
      addresses: [
        { channel: "sms", value: "+4915100000000", status: "bounced" },
        { channel: "sms", value: "+4915112345678", status: "active" },
      ],
    });
    const asked = ["--treatment", "order-shipped", "--channel", "sms", "--event", EVENT];
    expect(await run(...asked, "--customer", "userId:kim")).toBe(0);
    expect(out[0]).toBe("order-shipped by sms, in de");
    expect(out[1]).toContain("+4915112345678");
    expect(out[1]).toContain("Bestellung A-1 ist unterwegs");
  });

  it("ends with 1 where it could not be sent, and says of what", async () => {
    expect(await run("--treatment", "order-shipped", "--channel", "whatsapp")).toBe(1);
    expect(error).toEqual(["by whatsapp: template.parameters[0]: is empty"]);
    expect(await run("--treatment", "order-shiped")).toBe(1);
    expect(error.at(-1)).toContain('did you mean "order-shipped"?');
    expect(await run("--treatment", "order-shipped", "--channel", "pigeon")).toBe(1);
  });

  it("asks for what is missing, and does not take a text for JSON", async () => {
    expect(await run()).toBe(2);
    expect(await run("--treatment", "order-shipped", "--event", "[1]")).toBe(2);
    expect(error.join("\n")).toContain("--event is no JSON object");
  });
});

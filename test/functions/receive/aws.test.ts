import { describe, expect, it } from "vitest";
import { readPayload } from "#functions/receive/aws/read-payload.ts";
import { INBOUND } from "#providers/all.inbound.ts";
import { contractsUnderTest } from "../../support/sending/contracts.ts";

const contracts = await contractsUnderTest();

describe("what comes by the topic", () => {
  it.each(
    contracts.flatMap(([provider, { inbound = [] }]) =>
      inbound.flatMap(({ payload, says }) =>
        says === undefined || INBOUND.get(provider)?.webhook !== undefined
          ? []
          : [[provider, payload, says] as const],
      ),
    ),
  )("is read by its provider alone: %s (%#)", (provider, payload, says) => {
    expect(readPayload(JSON.stringify(payload), "default", 0)).toMatchObject({
      provider,
      readings: { messages: says },
    });
  });

  it.each([
    ["no JSON", "STOP", "malformed_json"],
    ["an empty one", "{}", "poison_event"],
    ["truncated", '{"originationNumber":"+4915112345678"', "malformed_json"],
    ["a shape of next year", '{"rcsAgent":"a","userEvent":{}}', "poison_event"],
    ["a number instead of a text", '{"originationNumber":1,"messageBody":2}', "poison_event"],
  ])("is set aside with its reason where nobody reads it: %s", (_what, payload, code) => {
    expect(() => readPayload(payload, "default", 0)).toThrow(expect.objectContaining({ code }));
  });
});

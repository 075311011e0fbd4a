import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { parse } from "#runtime/parse.ts";
import { thrownBy } from "../support/handlers/errors.ts";

const Order = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(3)),
  count: z.optional(z.int().check(z.minimum(1), z.maximum(9))),
  share: z.optional(z.number().check(z.gt(0), z.lt(1))),
  lines: z.optional(z.array(z.string()).check(z.maxLength(1))),
  facts: z.optional(z.record(z.string(), z.json())),
  isGift: z.optional(z.boolean()),
  at: z.optional(z.iso.datetime({ offset: true })),
  state: z.optional(z.enum(["open", "paid"])),
  code: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/, { error: "three capital letters" }))),
  id: z.optional(z.union([z.string(), z.null()])),
  inner: z.optional(z.object({ list: z.array(z.object({ to: z.string() })) })),
});

const errorsOf = (input: unknown) => thrownBy(() => parse(Order, input));

describe("what is told of a wrong field", () => {
  it.each<[unknown, path: string, expected: string, got: string]>([
    [[], "", "object", "list"],
    [null, "", "object", "null"],
    [{}, "name", "text", "nothing"],
    [{ name: 7 }, "name", "text", "number"],
    [{ name: "" }, "name", "text of at least 1 character", "text of 0 characters"],
    [{ name: "four" }, "name", "text of at most 3 characters", "text of 4 characters"],
    [{ name: "a", count: 0 }, "count", "at least 1", "less"],
    [{ name: "a", count: 10 }, "count", "at most 9", "more"],
    [{ name: "a", count: 1.5 }, "count", "whole number", "a fraction"],
    [{ name: "a", count: "1" }, "count", "number", "text"],
    [{ name: "a", share: 0 }, "share", "more than 0", "less"],
    [{ name: "a", share: 1 }, "share", "less than 1", "more"],
    [{ name: "a", lines: ["x", "y"] }, "lines", "list of at most 1 item", "list of 2 items"],
    [{ name: "a", lines: {} }, "lines", "list", "object"],
    [{ name: "a", facts: [] }, "facts", "object", "list"],
    [{ name: "a", isGift: "yes" }, "isGift", "true or false", "text"],
    [{ name: "a", isGift: null }, "isGift", "true or false", "null"],
    [{ name: "a", at: "soon" }, "at", "a time with its zone, such as 2026-03-01T09:30:00Z", "another text"],
    [{ name: "a", state: "lost" }, "state", "one of open, paid", "another text"],
    [{ name: "a", code: "abc" }, "code", "three capital letters", "another text"],
    [{ name: "a", id: true }, "id", "text or null", "true"],
    [{ name: "a", inner: { list: [{ to: 1 }] } }, "inner.list.0.to", "text", "number"],
    [{ name: "a", colour: "red" }, "colour", "no member of that name", "text"],
  ])("%j: where, what was expected, what came", (input, path, expected, got) => {
    const { code, errors, message } = errorsOf(input);
    expect({ code, errors }).toEqual({ code: "invalid_request", errors: [{ path, expected, got }] });
    expect(message).toBe(`${path || "the body"}: expected ${expected}, got ${got}`);
  });

  it("names every wrong field, and in the message the first", () => {
    const { errors, message } = errorsOf({ name: 1, count: "x", colour: 1, size: 2 });
    expect(errors.map(({ path }) => path)).toEqual(["name", "count", "colour", "size"]);
    expect(message).toBe("name: expected text, got number");
  });

  it("never repeats a value: it may be personal", () => {
    const { errors, message } = errorsOf({ name: "ada@example.com", at: "ada@example.com", state: "ada" });
    expect(JSON.stringify([errors, message])).not.toContain("ada");
  });
});

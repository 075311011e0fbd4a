import * as z from "zod/mini";
import type { Cause, RejectionReason } from "#domain/records/decision.ts";

const text = z.string();
const Stored = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("condition"), number: z.number() }),
  z.object({ kind: z.enum(["not-yet-active", "no-longer-active", "no-value", "stock", "budget"]) }),
  z.object({ kind: z.enum(["no-treatment", "only-shown", "doing-nothing", "held-out"]) }),
  z.object({ kind: z.literal("only-after"), action: text, outcome: text }),
  z.object({ kind: z.literal("not-beside"), action: text }),
  z.object({ kind: z.literal("consent"), channel: text, verdict: text }),
  z.object({ kind: z.literal("resting"), until: text, outcome: z.exactOptional(text) }),
  z.object({ kind: z.enum(["cap", "channel", "action"]), name: text }),
  z.object({ kind: z.literal("quiet"), place: text }),
  z.object({ kind: z.literal("held"), topic: z.exactOptional(text) }),
  z.object({ kind: z.literal("window"), channel: text }),
]);

/**
 * A cause as it is stored: JSON; or the words in which release 0.1 wrote it.
 * @throws ZodError when it is neither
 */
export const readCause = (stored: string, reason: RejectionReason): Cause =>
  stored.startsWith("{") ? z.parse(Stored, JSON.parse(stored)) : causeInWords(stored, reason);

/** Release 0.1 kept a sentence instead of data. Its records stay as they are for as long as history is kept. */
const causeInWords = (words: string, reason: RejectionReason): Cause => {
  switch (reason) {
    case "rule":
      return ofRule(words);
    case "consent": {
      const [channel = "", verdict = ""] = words.split(": ");
      return { kind: "consent", channel, verdict };
    }
    case "suppressed":
      return { kind: "channel", name: words };
    case "quiet-hours":
      return { kind: "quiet", place: words };
    case "cap":
      return { kind: "cap", name: words };
    case "cool-down": {
      const [, outcome, until = words] = /^(?:(.+), until )?(\S+)$/.exec(words) ?? [];
      return { kind: "resting", until, ...(outcome === undefined ? {} : { outcome }) };
    }
    case "stock":
      return { kind: words === "budget" ? "budget" : "stock" };
    case "no-address":
      if (words === "no treatment") return { kind: "no-treatment" };
      return words === "only shown" ? { kind: "only-shown" } : { kind: "channel", name: words };
    case "outranked":
      return words === "doing nothing" ? { kind: "doing-nothing" } : { kind: "action", name: words };
    case "holdout":
      return { kind: "held-out" };
    case "conversation":
      return { kind: "held" };
    case "window":
      return { kind: "window", channel: words };
  }
};

const ofRule = (words: string): Cause => {
  if (words === "not yet active") return { kind: "not-yet-active" };
  if (words === "no longer active") return { kind: "no-longer-active" };
  if (words === "value") return { kind: "no-value" };
  const [, required, outcome] = /^only after (.+) was (.+)$/.exec(words) ?? [];
  if (required !== undefined && outcome !== undefined)
    return { kind: "only-after", action: required, outcome };
  const [, rival] = /^not beside (.+), which was accepted$/.exec(words) ?? [];
  return rival === undefined
    ? { kind: "condition", number: Number(words) }
    : { kind: "not-beside", action: rival };
};

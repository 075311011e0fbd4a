import { describe, expect, it } from "vitest";
import { newState } from "#domain/customer/state.ts";
import { eventHistory } from "#domain/profile/facts.ts";
import { mergeContacts, mergeContested, mergeIdentifiers, mergeStates } from "#domain/profile/merge.ts";
import type { LinkedIdentifier } from "#domain/records/identity.ts";
import { track } from "../../support/customers/events.ts";
import { contactAt, refusalOf } from "../../support/decisions/decision.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const at = (second: number) => `2026-12-01T00:00:${String(second).padStart(2, "0")}.000Z`;
const id = (type: string, value: string, second?: number, more: Partial<LinkedIdentifier> = {}) =>
  ({ type, value, ...(second === undefined ? {} : { at: at(second) }), ...more }) as LinkedIdentifier;
const PUBLIC = { standing: "public" } as const;

describe("identifiers of two who are one", () => {
  const merged = (a: readonly LinkedIdentifier[], b: readonly LinkedIdentifier[]) =>
    mergeIdentifiers(a, b, playbook);

  it("are each there once, latest first, as seen last and as said by whom one rather believes", () => {
    expect(merged([id("email", "a", 1)], [id("email", "b", 2), id("email", "a", 3)])).toEqual([
      id("email", "a", 3),
      id("email", "b", 2),
    ]);
    expect(merged([id("email", "a", 5)], [id("email", "a", 3)])).toEqual([id("email", "a", 5)]);
    expect(merged([id("email", "a")], [id("email", "a")])).toEqual([id("email", "a")]);
    const heard = id("email", "a", 1, { ...PUBLIC, browser: "b" });
    expect(merged([heard], [id("email", "a", 2)])).toEqual([id("email", "a", 2)]);
    expect(merged([id("email", "a", 2)], [heard])).toEqual([id("email", "a", 2)]);
    expect(merged([heard], [id("email", "a", 4, PUBLIC)])).toEqual([
      id("email", "a", 4, { ...PUBLIC, browser: "b" }),
    ]);
    expect(merged([id("email", "a", 4, PUBLIC)], [id("email", "a", 1, PUBLIC)])).toEqual([
      id("email", "a", 4, PUBLIC),
    ]);
  });

  it("are as many as their type allows: those that only public keys named go first", () => {
    const limit = playbook.identifierTypes.get("email")?.limit ?? 0;
    const mails = Array.from({ length: limit }, (_, second) => id("email", `m${second}`, second));
    expect(merged(mails, [])).toHaveLength(limit);
    expect(merged(mails, [id("email", "new", 50)]).map(({ value }) => value)).not.toContain("m0");
    const publicly = merged(mails, [id("email", "new", 50, PUBLIC)]).map(({ value }) => value);
    expect([publicly.length, publicly.includes("new")]).toEqual([limit, false]);
  });

  it("contested are others', in one order, fifty at most", () => {
    const contested = [id("email", "b"), id("email", "a"), id("email", "b"), id("phone", "1")];
    expect(mergeContested(contested, [id("phone", "1")])).toEqual([id("email", "a"), id("email", "b")]);
    const many = Array.from({ length: 51 }, (_, n) => id("email", `m${String(n).padStart(2, "0")}`));
    expect(mergeContested(many.toReversed(), [])).toEqual(many.slice(0, 50));
  });
});

describe("what two customers who are one had", () => {
  it("is kept of either, and not where neither had it", () => {
    const [a, b] = [newState("cus_a", at(1)), newState("cus_b", at(2))];
    const of = (one: object, other: object) =>
      mergeStates({ ...a, ...one }, { ...b, ...other }, playbook, at(9)).state;
    for (const name of ["responses", "hours", "named"]) expect(of({}, {})).not.toHaveProperty(name);
    const responses = { "accepted|tea": at(1) };
    expect([of({ responses }, {}).responses, of({}, { responses }).responses]).toEqual([
      responses,
      responses,
    ]);
    const hours = { email: { 12: 3 } };
    expect([of({ hours }, {}).hours, of({}, { hours }).hours]).toEqual([hours, hours]);
    expect([of({ named: true }, {}).named, of({}, { named: true }).named]).toEqual([true, true]);
  });

  it("counts as one history of contacts: by time, with the later ends", () => {
    const history = (more: object) => ({ version: 3, entries: [], coolDowns: {}, ...more });
    const [early, late] = [contactAt(1_000), contactAt(2_000)];
    const both = mergeContacts(history({ entries: [late] }), history({ version: 9, entries: [early, late] }));
    expect(both).toEqual(history({ entries: [early, late] }));
    const ends = (one: object, other: object) =>
      mergeContacts(history({ coolDowns: one, holds: one }), history({ coolDowns: other, holds: other }));
    const found = ends({ tea: at(1), cake: at(5) }, { tea: at(3), cake: at(4) });
    expect([found.coolDowns, found.holds]).toEqual([
      { tea: at(3), cake: at(5) },
      { tea: at(3), cake: at(5) },
    ]);
    const refusals = [refusalOf("a@x.example")];
    for (const [a, b] of [
      [{ refusals, holds: { tea: at(1) } }, {}],
      [{}, { refusals, holds: { tea: at(1) } }],
    ]) {
      expect(mergeContacts(history(a ?? {}), history(b ?? {}))).toMatchObject({
        refusals,
        holds: { tea: at(1) },
      });
    }
  });
});

describe("an event in history", () => {
  const kept = (more: object) => eventHistory("cus_1", track("Seen", { depth: 1, ...more } as never), {}, []);

  it("says what it was, and of an outcome what came of which message", () => {
    expect(kept({}).kind).toBe("event");
    expect(kept({}).body).not.toHaveProperty("outcome");
    expect(kept({}).body).not.toHaveProperty("imported");
    expect(kept({ imported: true }).body).toMatchObject({ imported: true });
    const outcome = eventHistory(
      "cus_1",
      track("message.clicked", { type: "outcome" } as never),
      { messageId: "msg_1" },
      [],
    );
    expect(outcome.kind).toBe("outcome");
    expect(outcome.body).toMatchObject({ outcome: "clicked", messageId: "msg_1" });
    expect(outcome.body).not.toHaveProperty("action");
    const said = eventHistory("cus_1", track("x.y", { type: "outcome" } as never), { outcome: "won" }, [
      { what: "traits.a", reason: "unproven" },
    ]);
    expect(said.body).toMatchObject({ outcome: "won", refused: [{ what: "traits.a", reason: "unproven" }] });
  });
});

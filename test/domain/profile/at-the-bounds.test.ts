import { describe, expect, it } from "vitest";
import { newRecord, newState } from "#domain/customer/state.ts";
import {
  admittedConsent,
  heldConsent,
  mergeConsent,
  newerConsent,
  shownEntries,
} from "#domain/profile/consent.ts";
import { eventHistory, mergeHistory, segmentHistory } from "#domain/profile/facts.ts";
import { mergeContacts, mergeContested } from "#domain/profile/merge.ts";
import { absorb } from "#domain/profile/movement.ts";
import { fitProfile, profileBytes } from "#domain/profile/profile-size.ts";
import { mergeRecent, recentOf, remember, wouldHold } from "#domain/profile/recent.ts";
import { timelineEntry } from "#domain/profile/timeline.ts";
import { mergeTraits, publicBytes, setTraits, traitBytes } from "#domain/profile/traits.ts";
import { expiredHistory, isLate } from "#domain/profile/trigger/late.ts";
import { mergePending, noteSeen, settlePending } from "#domain/profile/trigger/pending.ts";
import { skipReason } from "#domain/profile/trigger/triggers.ts";
import { firedEvent, setDirectly, timerOf, timersOf, timerToReuse } from "#domain/profile/trigger/waits.ts";
import type { CustomerState, PendingTrigger, RecentEvent, Trait } from "#domain/records/customer.ts";
import type { Consent, Contact } from "#domain/records/permission.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { minutesAgo, NOW, track } from "../../support/customers/events.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const state = (members: Partial<CustomerState> = {}): CustomerState => ({
  ...newState("cus_1", minutesAgo(60)),
  ...members,
});

describe("the last events of a profile", () => {
  const seen = (index: number, bytes = 0): RecentEvent =>
    recentOf(
      track("Seen", {
        id: `e${10 + index}`,
        at: minutesAgo(60 - index),
        properties: { text: "x".repeat(bytes) },
      }),
    );
  const EMPTY = { recent: [] };
  const ringOf = (events: readonly RecentEvent[]) =>
    events.reduce<ReturnType<typeof remember>>(remember, EMPTY);
  const ids = (ring: { recent: readonly RecentEvent[] }) => ring.recent.map(({ id }) => id);
  const overhead = Buffer.byteLength(JSON.stringify(seen(0)));

  it("are ten, oldest first, and it marks up to where it forgot", () => {
    const ten = Array.from({ length: 10 }, (_, index) => seen(index));
    expect(ringOf(ten.toReversed())).toEqual({ recent: ten });
    const eleven = ringOf([...ten, seen(10)]);
    expect(ids(eleven)).toEqual(ids({ recent: [...ten.slice(1), seen(10)] }));
    expect(eleven.forgotten).toBe(`${minutesAgo(60)}#e10`);
    // What it forgot does not come back, and is not taken for new.
    expect(remember(eleven, seen(0))).toEqual(eleven);
    expect(wouldHold(eleven, seen(0))).toBe(false);
    expect(wouldHold(eleven, seen(1))).toBe(true);
    expect(mergeRecent(eleven, EMPTY)).toEqual(mergeRecent(EMPTY, eleven));
  });

  it("come to so many bytes, and not one more; a larger one is read from history", () => {
    const half = BOUNDS.recentBytes / 2;
    expect(ids(ringOf([seen(0, half - overhead), seen(1, half - overhead)]))).toEqual(["e10", "e11"]);
    expect(ids(ringOf([seen(0, half - overhead), seen(1, half - overhead), seen(2)]))).toEqual([
      "e11",
      "e12",
    ]);
    expect(wouldHold(EMPTY, seen(0, 2_048 - overhead))).toBe(true);
    expect(wouldHold(EMPTY, seen(0, 2_049 - overhead))).toBe(false);
    expect(ids(ringOf([seen(0, 2_048 - overhead)]))).toEqual(["e10"]);
    expect(ringOf([seen(0, 2_049 - overhead)])).toEqual({ recent: [] });
  });

  it("keep what rules read, and whose word it was unless it is trusted", () => {
    const event = track("Seen", {
      id: "e1",
      at: minutesAgo(3),
      properties: { a: 1 },
      depth: 2,
      standing: "public",
    });
    expect(recentOf(event)).toEqual({
      id: "e1",
      name: "Seen",
      at: minutesAgo(3),
      properties: { a: 1 },
      type: "track",
      depth: 2,
      standing: "public",
    });
    expect(recentOf({ ...event, standing: "trusted" }).standing).toBeUndefined();
    const both = { traits: { a: 2, b: 3 }, properties: { a: 1 } };
    expect(recentOf({ ...event, ...both, type: "identify" }).properties).toEqual({ a: 1, b: 3 });
    expect(recentOf({ ...event, ...both, type: "group" }).properties).toEqual({ a: 1, b: 3 });
    expect(recentOf({ ...event, ...both }).properties).toEqual({ a: 1 });
  });
});

describe("traits", () => {
  const trait = (bytes: number, minutes: number, standing?: "public"): Trait => ({
    value: "x".repeat(bytes),
    at: minutesAgo(minutes),
    by: "evt",
    ...(standing && { standing }),
  });
  const set = (
    traits: Record<string, Trait>,
    values: Record<string, string>,
    room = 1e6,
    event: object = {},
  ) =>
    setTraits(
      traits,
      values,
      { at: minutesAgo(0), id: "evt_2", ...event },
      { room: () => room, logins: new Set(["email"]) },
    );
  const overhead = traitBytes("a", { value: "", at: minutesAgo(0), by: "evt_2" });

  it("have at most so many bytes each, and the profile as much room as it has", () => {
    const largest = "x".repeat(BOUNDS.traitBytes - overhead);
    expect(set({}, { a: largest })).toMatchObject({ refused: [], grown: BOUNDS.traitBytes });
    expect(set({}, { a: `${largest}x` })).toEqual({
      traits: {},
      grown: 0,
      refused: [{ what: "traits.a", reason: "trait-too-large" }],
    });
    expect(set({}, { a: "xxxxx" }, overhead + 5).refused).toEqual([]);
    expect(set({}, { a: "xxxxx" }, overhead + 4).refused).toEqual([
      { what: "traits.a", reason: "profile-too-large" },
    ]);
    // The second finds what the first left.
    expect(set({}, { a: "x", b: "x" }, 2 * overhead + 2).refused).toEqual([]);
    expect(set({}, { a: "x", b: "x" }, 2 * overhead + 1).refused).toEqual([
      { what: "traits.b", reason: "profile-too-large" },
    ]);
    // What grows no larger needs no room.
    const was = { a: { value: "xx", at: minutesAgo(1), by: "evt_2" } };
    expect(set(was, { a: "yy" }, -100)).toMatchObject({
      refused: [],
      grown: 0,
      traits: { a: { value: "yy" } },
    });
    expect(set(was, { a: "y" }, -100).grown).toBe(-1);
    expect(set(was, { a: "yyy" }, 1)).toMatchObject({ refused: [], grown: 1 });
  });

  it("are three hundred, and a refused name is told in part", () => {
    const full = Object.fromEntries(Array.from({ length: 299 }, (_, index) => [`n${index}`, trait(1, 9)]));
    expect(set(full, { a: "x" }).refused).toEqual([]);
    const name = "y".repeat(101);
    expect(set(full, { a: "x", [name]: "x" }).refused).toEqual([
      { what: `traits.${"y".repeat(100)}`, reason: "too-many-traits" },
    ]);
    expect(set({ ...full, a: trait(1, 9) }, { a: "new" })).toMatchObject({
      refused: [],
      traits: { a: { value: "new" } },
    });
  });

  it("are the later one's, on a tie the greater event's; of a login a public key's word counts last", () => {
    const was = {
      a: { value: "old", at: minutesAgo(0), by: "evt_3" },
      email: { value: "old", at: minutesAgo(9), by: "evt_1" },
    };
    expect(set(was, { a: "new" }).traits.a?.value).toBe("old");
    expect(set(was, { a: "new" }, 1e6, { id: "evt_4" }).traits.a?.value).toBe("new");
    expect(set(was, { a: "new" }, 1e6, { at: minutesAgo(-1) }).traits.a?.value).toBe("new");
    expect(set(was, { email: "new" }, 1e6, { standing: "public" }).traits.email?.value).toBe("old");
    const publics = { email: { value: "old", at: minutesAgo(-9), by: "evt_1", standing: "public" as const } };
    expect(set(publics, { email: "new" }).traits.email?.value).toBe("new");
    expect(set({ a: publics.email }, { a: "new" }).traits.a?.value).toBe("old");
  });

  it("of two customers who are one are the newest, as many and as large as there is room for", () => {
    const limits = (room: number) => ({ room, logins: new Set<string>() });
    const [a, b] = [{ x: trait(5, 9), y: trait(5, 3) }, { x: trait(7, 2) }];
    const bytes = traitBytes("x", b.x) + traitBytes("y", a.y);
    expect(mergeTraits(a, b, limits(bytes))).toEqual({ x: b.x, y: a.y });
    expect(mergeTraits(a, b, limits(bytes - 1))).toEqual({ x: b.x });
    const many = (from: number, count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`n${from + index}`, trait(1, from + index)]),
      );
    expect(Object.keys(mergeTraits(many(0, 200), many(200, 100), limits(1e6)))).toHaveLength(300);
    expect(mergeTraits(many(0, 200), many(200, 101), limits(1e6)).n300).toBeUndefined();
    expect(publicBytes({ a: trait(5, 1), b: trait(5, 1, "public") })).toBe(
      traitBytes("b", trait(5, 1, "public")),
    );
  });
});

describe("a profile past its bounds gives up", () => {
  const of = (members: Partial<CustomerState>, excess: number): CustomerState => {
    const plain = state(members);
    const filled = (bytes: number) =>
      state({
        ...members,
        traits: { ...plain.traits, last: { value: "x".repeat(bytes), at: minutesAgo(0), by: "e" } },
      });
    return filled(BOUNDS.stateBytes + excess - profileBytes(filled(0)));
  };
  const contested = [{ type: "email", value: "a@b.example" }];
  it("nothing up to them, and not a byte more than is over", () => {
    const whole = of({ contested }, 0);
    expect(profileBytes(whole)).toBe(BOUNDS.stateBytes);
    expect(fitProfile(whole, minutesAgo(0)).state).toBe(whole);
    const over = fitProfile(of({ contested, unproven: contested }, 1), minutesAgo(0)).state;
    expect([over.contested, over.unproven]).toEqual([[], undefined]);
    expect(over.traits.last).toBeDefined();
  });

  it("the oldest traits, as few as will do", () => {
    const old = { value: "x".repeat(100), at: minutesAgo(9), by: "e" };
    const older = { ...old, at: minutesAgo(10) };
    const bytes = traitBytes("older", older);
    const fitted = (excess: number) =>
      Object.keys(fitProfile(of({ traits: { old, older } }, excess), minutesAgo(0)).state.traits);
    expect(fitted(bytes)).toEqual(["old", "last"]);
    expect(fitted(bytes + 1)).toEqual(["last"]);
  });
});

describe("consent", () => {
  const given = (members: Partial<Consent> = {}): Consent => ({
    channel: "email",
    topic: "marketing",
    status: "granted",
    kind: "express",
    source: "test",
    at: minutesAgo(5),
    ...members,
  });
  const EMPTY = { entries: {} };
  const many = (count: number, of: (index: number) => Partial<Consent>) =>
    Array.from({ length: count }, (_, index) => given({ topic: `t${1_000 + index}`, ...of(index) }));
  const bytes = (entries: object): number => Buffer.byteLength(JSON.stringify(entries));

  it("is the later word, on a tie the withdrawal", () => {
    const merged = (...entries: readonly Consent[]) => Object.values(mergeConsent(EMPTY, entries).entries);
    const [no, later] = [given({ status: "withdrawn" }), given({ at: minutesAgo(4) })];
    expect(merged(given(), no)).toEqual([no]);
    expect(merged(no, given())).toEqual([no]);
    expect(merged(no, later)).toEqual([later]);
    expect(merged(later, no)).toEqual([later]);
    expect(newerConsent(mergeConsent(EMPTY, [given()]), [given(), no, later])).toEqual([no, later]);
    const [a, b] = [given({ source: "a" }), given({ source: "b" })];
    expect(merged(a, b)).toEqual(merged(b, a));
  });

  it("takes grants as long as there is room for withdrawals, and these always", () => {
    const grants = many(200, () => ({}));
    const admitted = admittedConsent(EMPTY, grants);
    const kept = mergeConsent(EMPTY, admitted);
    expect(bytes(kept.entries)).toBeLessThanOrEqual(BOUNDS.grantedBytes);
    expect(bytes(mergeConsent(EMPTY, grants.slice(0, admitted.length + 1)).entries)).toBeGreaterThan(
      BOUNDS.grantedBytes,
    );
    const withdrawals = many(5, () => ({ status: "withdrawn", channel: "sms" }));
    expect(admittedConsent(kept, withdrawals)).toEqual(withdrawals);
  });

  it("past its bound loses texts of proof, then the oldest grants, then all is withdrawn", () => {
    const texts = many(40, () => ({ text: "x".repeat(400) }));
    const short = mergeConsent(EMPTY, texts).entries;
    expect(Object.values(short)).toHaveLength(40);
    expect(Object.values(short).every(({ text }) => text === undefined)).toBe(true);
    const grants = mergeConsent(
      EMPTY,
      many(200, (index) => ({ at: minutesAgo(1_000 - index) })),
    ).entries;
    const left = Object.values(grants).map(({ topic }) => topic);
    expect(bytes(grants)).toBeLessThanOrEqual(BOUNDS.consentBytes);
    expect(bytes(grants) + bytes({ x: given() })).toBeGreaterThan(BOUNDS.consentBytes - 200);
    expect(left).toEqual(
      Array.from({ length: left.length }, (_, index) => `t${1_200 - left.length + index}`),
    );
    const all = mergeConsent(
      EMPTY,
      many(200, (index) => ({ status: "withdrawn", at: minutesAgo(1_000 - index) })),
    ).entries;
    expect(all).toEqual({
      "*|*": given({ channel: "*", topic: "*", status: "withdrawn", at: minutesAgo(801) }),
    });
  });

  it("holds what is owed as well, and shows one entry for a channel and topic", () => {
    const stored = mergeConsent(EMPTY, [given()]);
    expect(heldConsent(stored, {})).toBe(stored);
    const owed = {
      historyGoes: "last",
      eventIds: [],
      history: [],
      cancel: [],
      timers: [],
      publish: [],
    } as const;
    const withdrawn = given({ status: "withdrawn", at: minutesAgo(1) });
    expect(Object.values(heldConsent(stored, { g: { ...owed, consent: [withdrawn] } }).entries)).toEqual([
      withdrawn,
    ]);
    const publics = given({ standing: "public", at: minutesAgo(1) });
    const shown = (...entries: readonly Consent[]) => shownEntries(mergeConsent(EMPTY, entries));
    expect(shown(publics)).toEqual([publics]);
    expect(shown(publics, given())).toEqual([given()]);
    expect(shown(publics, given({ status: "withdrawn" }))).toEqual([publics]);
    expect(shown(given({ standing: "public", at: minutesAgo(5) }), given({ status: "withdrawn" }))).toEqual([
      given({ status: "withdrawn" }),
    ]);
  });
});

describe("two customers who are one", () => {
  const contact = (id: string, minutes: number): Contact =>
    ({ id, at: minutesAgo(minutes), channel: "email", action: "a", category: "marketing" }) as Contact;
  const record = (id: string, members: object = {}) => ({
    ...newRecord({ ...newState(id, minutesAgo(60)) }),
    ...members,
  });
  const own = (id: string) =>
    record(id, { contact: { version: 4, entries: [], coolDowns: {} }, consent: { version: 2, entries: {} } });

  it.each<readonly [what: string, members: object]>([
    ["a contact", { contact: { version: 1, entries: [contact("c", 3)], coolDowns: {} } }],
    ["a cool-down", { contact: { version: 1, entries: [], coolDowns: { a: minutesAgo(-5) } } }],
    ["a hold", { contact: { version: 1, entries: [], coolDowns: {}, holds: { a: minutesAgo(-5) } } }],
    [
      "a consent",
      {
        consent: {
          entries: {
            "email|x": {
              channel: "email",
              topic: "x",
              status: "withdrawn",
              kind: "express",
              source: "t",
              at: minutesAgo(1),
            },
          },
        },
      },
    ],
  ])("move what the absorbed one has: %s", (_what, members) => {
    const { movements } = absorb(
      own("cus_1"),
      [record("cus_2"), record("cus_3", members)],
      playbook,
      minutesAgo(0),
    );
    expect(
      movements.map(({ customerId, contact: { version }, consent, mergedInto }) => [
        customerId,
        version,
        consent.version,
        mergedInto,
      ]),
    ).toEqual([
      ["cus_1", 5, 3, undefined],
      ["cus_2", 1, 1, "cus_1"],
      ["cus_3", "contact" in members ? 2 : 1, 1, "cus_1"],
    ]);
  });

  it("rewrite what is empty all the same, and the survivor's stays where there is nothing", () => {
    const {
      movements,
      state: merged,
      cancel,
    } = absorb(own("cus_1"), [record("cus_2")], playbook, minutesAgo(0));
    expect(movements).toEqual([
      {
        customerId: "cus_2",
        contact: { version: 1, entries: [], coolDowns: {} },
        consent: { version: 1, entries: {} },
        mergedInto: "cus_1",
      },
    ]);
    expect([merged.absorbed, cancel]).toEqual([["cus_2"], []]);
  });

  it("have all contacts by time, each once, and the later of each cool-down and hold", () => {
    const a = { version: 3, entries: [contact("c2", 2)], coolDowns: { x: minutesAgo(1), y: minutesAgo(5) } };
    const b = {
      version: 9,
      entries: [contact("c1", 4), contact("c2", 2)],
      coolDowns: { x: minutesAgo(2), y: minutesAgo(4), z: minutesAgo(3) },
    };
    expect(mergeContacts(a, b)).toEqual({
      version: 3,
      entries: [contact("c1", 4), contact("c2", 2)],
      coolDowns: { x: minutesAgo(1), y: minutesAgo(4), z: minutesAgo(3) },
    });
    const holds = { ...a, holds: { x: minutesAgo(2) } };
    expect(mergeContacts(holds, b).holds).toEqual({ x: minutesAgo(2) });
    expect(mergeContacts(b, holds).holds).toEqual({ x: minutesAgo(2) });
    expect(mergeContacts(holds, { ...b, holds: { x: minutesAgo(1), y: minutesAgo(3) } }).holds).toEqual({
      x: minutesAgo(1),
      y: minutesAgo(3),
    });
  });

  it("keep fifty contested identifiers in their order, none that became their own", () => {
    const all = Array.from({ length: 52 }, (_, index) => ({ type: "x", value: `${100 + index}` }));
    const [first] = all;
    const kept = mergeContested([...all.toReversed(), ...all], first === undefined ? [] : [first]);
    expect(kept).toEqual(all.slice(1, 51));
  });
});

describe("a trigger's wait", () => {
  const wait = (eventId: string, minutes: number, members: Partial<PendingTrigger> = {}): PendingTrigger => ({
    trigger: "cart-abandoned",
    timerId: `tmr_${eventId}`,
    due: minutesAgo(minutes - 60),
    eventId,
    eventAt: minutesAgo(minutes),
    depth: 1,
    ...members,
  });

  it.each([
    ["is as old as it may be", { at: minutesAgo(60) }, null],
    ["is older", { at: minutesAgo(60 + 1 / 60_000) }, "age"],
    ["is as deep as it may be", { depth: 5 }, null],
    ["is deeper", { depth: 6 }, "depth"],
    ["was imported, whatever else", { imported: true, depth: 9 }, "import"],
  ])("does not begin by an event that %s: %j", (_what, members, reason) => {
    const event = {
      id: "e",
      name: "Product Added",
      at: minutesAgo(1),
      properties: {},
      imported: false,
      depth: 0,
      ...members,
    };
    expect(skipReason({ maxAgeMs: 3_600_000 }, event, NOW)).toBe(reason);
  });

  it("takes over an earlier timer that is due before it and not too near", () => {
    const due = minutesAgo(-30);
    const earlier = (minutes: number) => wait("a", 0, { due: minutesAgo(minutes) });
    expect(timerToReuse(undefined, due, NOW)).toBeUndefined();
    expect(timerToReuse(earlier(-30), due, NOW)).toEqual({ id: "tmr_a", due });
    expect(timerToReuse(earlier(-31), due, NOW)).toBeUndefined();
    expect(timerToReuse(earlier(-2), due, NOW)).toBeUndefined();
    expect(timerToReuse(earlier(-2 - 1 / 60_000), due, NOW)).toEqual({
      id: "tmr_a",
      due: earlier(-2 - 1 / 60_000).due,
    });
    const armedBy = { id: "tmr_first", due: minutesAgo(-9) };
    expect(timerToReuse(wait("a", 0, { due, armedBy }), due, NOW)).toEqual(armedBy);
    expect(timersOf(wait("a", 0, { armedBy }))).toEqual([{ id: "tmr_a", due: minutesAgo(-60) }, armedBy]);
  });

  it("has a timer that says all that fires", () => {
    expect(timerOf("cus_1", wait("a", 3), "trigger.cart")).toEqual({
      id: "tmr_a",
      due: minutesAgo(-57),
      event: {
        id: expect.stringMatching(/^trg_/),
        name: "trigger.fired",
        detail: {
          v: 1,
          id: expect.stringMatching(/^trg_/),
          customerId: "cus_1",
          trigger: "cart-abandoned",
          placement: "trigger.cart",
          eventId: "a",
          eventAt: minutesAgo(3),
          depth: 1,
          timerId: "tmr_a",
        },
      },
    });
    const { depth: _, ...shallow } = wait("a", 3);
    expect(timerOf("cus_1", shallow, "p").event.detail.depth).toBe(0);
    const fired = {
      customerId: "cus_1",
      trigger: "t",
      placement: "p",
      eventId: "e",
      eventAt: minutesAgo(1),
      depth: 0,
    };
    expect(firedEvent({ ...fired, channel: "sms" }).id).not.toBe(firedEvent(fired).id);
  });

  it("whose reused timer is only about to be set has its own", () => {
    const armedBy = { id: "tmr_a", due: minutesAgo(-57) };
    const later = wait("b", 1, { armedBy });
    const other = wait("c", 1, { armedBy: { id: "tmr_elsewhere", due: minutesAgo(-5) }, trigger: "x" });
    const first = timerOf("cus_1", wait("a", 3), "p");
    const { timers, pending } = setDirectly("cus_1", {
      timers: [first, { ...first, id: "tmr_z" }],
      pending: [later, other],
    });
    const { armedBy: _, ...direct } = later;
    expect(pending).toEqual([direct, other]);
    expect(timers).toEqual([timerOf("cus_1", later, "p"), { ...first, id: "tmr_z" }]);
  });

  it("is the latest of its trigger; timers of others are called off, but one that it needs", () => {
    const [a, b] = [wait("a", 9), wait("b", 3)];
    const settle = (...pending: readonly PendingTrigger[]) =>
      settlePending({ pending, lastSeen: {} }, playbook);
    for (const settled of [settle(a, b), settle(b, a)]) {
      expect(settled.pending).toEqual([b]);
      expect(settled.cancel).toEqual([{ id: "tmr_a", due: a.due }]);
    }
    expect(settle(a, a)).toMatchObject({ pending: [a], cancel: [] });
    const tie = wait("c", 3);
    expect(settle(tie, b).pending).toEqual([tie]);
    const armed = wait("b", 3, { armedBy: { id: "tmr_a", due: a.due } });
    expect(settle(a, armed).cancel).toEqual([]);
    const welcome = wait("d", 1, { trigger: "welcome" });
    expect(settle(welcome, b).pending).toEqual([b, welcome]);
  });

  it("is called off by an event that was seen when it began, or since", () => {
    const seen = (minutes: number) =>
      settlePending(
        { pending: [wait("a", 9)], lastSeen: { "Order Completed": minutesAgo(minutes) } },
        playbook,
      );
    expect(seen(9 + 1 / 60_000).pending).toHaveLength(1);
    expect(seen(9)).toMatchObject({ pending: [], cancel: [{ id: "tmr_a" }] });
    const waiting = { pending: [wait("a", 9)], lastSeen: {} };
    expect(noteSeen(waiting, { name: "Product Viewed", at: minutesAgo(1) }, playbook)).toEqual({
      ...waiting,
      cancel: [],
    });
    const noted = noteSeen(waiting, { name: "Order Completed", at: minutesAgo(1) }, playbook);
    expect(noted).toMatchObject({ pending: [], lastSeen: { "Order Completed": minutesAgo(1) } });
    expect(noteSeen(noted, { name: "Order Completed", at: minutesAgo(5) }, playbook).lastSeen).toEqual({
      "Order Completed": minutesAgo(1),
    });
    const other = { pending: [], lastSeen: { "Order Completed": minutesAgo(3), x: minutesAgo(4) } };
    const merged = mergePending(noted, other, playbook).lastSeen;
    expect(merged).toEqual({ "Order Completed": minutesAgo(1), x: minutesAgo(4) });
    expect(mergePending(other, noted, playbook).lastSeen).toEqual(merged);
  });

  it("comes too late past its trigger's age, since its event or since it was over", () => {
    const fired = {
      v: 1 as const,
      id: "trg",
      customerId: "cus_1",
      trigger: "cart-abandoned",
      placement: "p",
      eventId: "a",
      eventAt: minutesAgo(60),
      depth: 2,
    };
    const late = (members: object, pending: readonly PendingTrigger[] = [], now = NOW) =>
      isLate({ ...fired, ...members }, state({ pending }), playbook, now);
    expect(late({})).toBe(false);
    expect(late({}, [], NOW + 1)).toBe(true);
    const waits = [wait("x", 300, { timerId: "tmr_x", due: minutesAgo(60) })];
    expect(late({ timerId: "tmr_x", eventAt: minutesAgo(300) }, waits)).toBe(false);
    expect(late({ timerId: "tmr_x", eventAt: minutesAgo(300) }, waits, NOW + 1)).toBe(true);
    expect(late({ trigger: "gone", eventAt: minutesAgo(9_999) })).toBe(false);
    expect(expiredHistory(fired, "cus_1", minutesAgo(0))).toEqual({
      id: expect.stringMatching(/^exp_/),
      kind: "event",
      customerId: "cus_1",
      at: minutesAgo(0),
      body: {
        type: "trigger",
        name: "trigger.expired",
        properties: { trigger: "cart-abandoned", eventId: "a", eventAt: minutesAgo(60), reason: "age" },
        depth: 2,
      },
    });
  });
});

describe("what history keeps", () => {
  it("of an event is all but what it has not", () => {
    const event = track("Seen", {
      id: "e1",
      at: minutesAgo(3),
      userId: "kim",
      standing: "public",
      imported: true,
      context: { ip: "x" },
    });
    const body = {
      type: "track",
      name: "Seen",
      properties: { a: 1 },
      context: { ip: "x" },
      userId: "kim",
      source: "test",
      receivedAt: minutesAgo(3),
      depth: 0,
    };
    const refused = [{ what: "traits.x", reason: "unproven" as const }];
    expect(eventHistory("cus_1", event, { a: 1 }, refused)).toEqual({
      id: "e1",
      kind: "event",
      customerId: "cus_1",
      at: minutesAgo(3),
      body: { ...body, standing: "public", imported: true, refused },
    });
    const { imported: _, ...plain } = track("Seen", { id: "e1", at: minutesAgo(3) });
    expect(eventHistory("cus_1", { ...plain, imported: false }, {}, []).body).toEqual({
      type: "track",
      name: "Seen",
      properties: {},
      source: "test",
      receivedAt: minutesAgo(3),
      depth: 0,
    });
  });

  it("of an outcome is its short name too, and of a timeline what people are shown", () => {
    const outcome = {
      ...track("message.clicked", { id: "e1", at: minutesAgo(3) }),
      type: "outcome" as const,
    };
    const item = eventHistory("cus_1", outcome, { messageId: "msg_1", action: "a" }, []);
    expect(item).toMatchObject({
      kind: "outcome",
      body: { outcome: "clicked", messageId: "msg_1", action: "a" },
    });
    expect(timelineEntry(item)).toEqual({
      id: "e1",
      kind: "outcome",
      at: minutesAgo(3),
      outcome: "clicked",
      messageId: "msg_1",
      action: "a",
    });
    expect(eventHistory("cus_1", outcome, { outcome: "bought" }, []).body.outcome).toBe("bought");
    const merge = mergeHistory("cus_1", "cus_2", { id: "e2", at: minutesAgo(2) });
    expect(timelineEntry(merge)).toEqual({
      id: merge.id,
      kind: "merge",
      at: minutesAgo(2),
      survivor: "cus_1",
      absorbed: "cus_2",
    });
    const change = {
      id: "e3",
      name: "segment.entered",
      at: minutesAgo(1),
      properties: { segment: "vip" },
      imported: false,
      depth: 2,
    };
    expect(segmentHistory("cus_1", change)).toEqual({
      id: "e3",
      kind: "event",
      customerId: "cus_1",
      at: minutesAgo(1),
      body: { type: "segment", name: "segment.entered", properties: { segment: "vip" }, depth: 2 },
    });
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { respondByRules, type Turn } from "#domain/answering/respond.ts";
import { argumentIn, matchOf } from "#domain/answering/words.ts";
import type { RecentEvent } from "#domain/records/customer.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const { replies } = await testPlaybook({
  "replies.yaml": `
rules:
  - name: status
    keywords: { en: [order, where is it], de: [bestellung], es: [pedido] }
    phrases: { en: [where parcel], de: [wo paket] }
    find: { events: [Order Completed, Signed Up], property: order_id }
    answer: { en: "{{ data.found.order_id }} is with us", de: "{{ data.found.order_id }} ist bei uns" }
    notFound: { en: "none", de: "keine" }
  - name: adults
    if: customer.age > 18
    keywords: { en: [wine] }
    answer: { en: "Cheers" }
  - name: wine
    keywords: { en: [wine] }
    handOver: {}
`,
});
if (replies === undefined) throw new Error("the playbook answers nothing");

const order = (id: string, at: string, members: Partial<RecentEvent> = {}): RecentEvent => ({
  id: `evt_${id}_${at}`,
  type: "track",
  name: "Order Completed",
  at: `2027-01-0${at}T00:00:00.000Z`,
  properties: { order_id: id },
  depth: 0,
  ...members,
});
const turn = (texts: readonly string[], members: Partial<Turn> = {}): Turn => ({
  texts: texts.map((text) => ({ text })),
  state: { recent: [order("A-17", "2"), order("B-2", "1")] },
  brandLocale: "en",
  find: () => [],
  ...members,
});
const respond = (texts: readonly string[], members: Partial<Turn> = {}, isTrue = true) =>
  respondByRules(turn(texts, members), replies, ({ test }) => test === undefined || isTrue);

describe("a rule that answers", () => {
  it.each([
    ["ORDER", "en", "A-17"],
    ["  Bestellung!! 🙂", "de", "A-17"],
    ["bitte Bestellung B-2", "de", "B-2"],
    ["order no. b2 thanks", "en", "B-2"],
    ["order b 2", "en", "B-2"],
    ["Where are my parcels, please?", "en", "A-17"],
    ["Wo bleibt denn mein Paket", "de", "A-17"],
  ])("answers %s in %s about %s", (text, language, id) => {
    const { rule, say, handOver, ...rest } = respond([text]);
    expect([rule, rest.language, handOver]).toEqual(["status", language, undefined]);
    expect(say?.data).toMatchObject({ found: { order_id: id, name: "Order Completed" } });
  });

  it.each([
    "The order was broken when it came, and nobody answers my calls",
    "disorder",
    "",
    "????",
    "a".repeat(100_000),
    "order ".repeat(50_000),
    "‮redro",
    "1234",
  ])("is not meant by what only looks like it", (text) => {
    expect(respond([text])).toMatchObject({ handOver: { why: "nothing-fits" } });
  });

  it("reads a word of several languages in the customer's own, and answers in the brand's where it has no such text", () => {
    expect(respond(["pedido"]).say?.text).toContain("is with us");
    expect(respond(["order", "danke"], { locale: "de-AT" }).language).toBe("en");
  });

  it("answers the last question of several messages, whatever is written after it", () => {
    expect(respond(["order A-17", "order B-2", "thank you so much"]).say?.data).toMatchObject({
      argument: "B-2",
    });
  });

  it("says so where nothing is found: of somebody else, or said by a public key", () => {
    expect(respond(["order C-9"]).say).toEqual({ text: "none", data: { argument: "C-9", found: null } });
    const recent = [order("A-17", "2", { standing: "public" })];
    expect(respond(["order A-17"], { state: { recent } }).say?.text).toBe("none");
  });

  it("is passed over where its condition is not true; the next that fits holds", () => {
    expect(respond(["wine"]).rule).toBe("adults");
    expect(respond(["wine"], {}, false)).toMatchObject({ rule: "wine", handOver: { why: "asked" } });
  });

  it("tells nothing to somebody who may be another", () => {
    const texts = [{ text: "order A-17", isDoubted: true as const }];
    expect(respond([], { texts })).toEqual({ handOver: { why: "doubted" }, language: "en" });
  });
});

describe("a question that no rule fits", () => {
  const page = (name: string) => ({
    name,
    locale: "en",
    title: name,
    words: [],
    answer: `All about {{ ${name} }}`,
    text: "",
    version: `pag_${name}`,
  });
  const found = (score: number, share: number) => [
    { page: page("delivery"), score, share },
    { page: page("returns"), score: 1, share: 0.5 },
  ];
  const ask = (byKnowledge: boolean, score: number, share: number) =>
    respondByRules(
      turn(["how long?"], { find: () => found(score, share) }),
      { ...replies, ...(byKnowledge ? { byKnowledge } : {}) },
      () => true,
    );

  it("is answered by the page that answers it beyond doubt, word for word, with its version", () => {
    expect(ask(true, 2, 0.7)).toEqual({
      rule: "knowledge.delivery",
      language: "en",
      say: {
        text: 'All about {{ "{" }}{ delivery }}',
        data: { sources: [{ page: "delivery", version: "pag_delivery" }] },
      },
      sources: [{ page: "delivery", version: "pag_delivery" }],
    });
  });

  it.each([
    [true, 1.1, 0.9],
    [true, 2, 0.5],
    [false, 9, 1],
  ])(
    "goes to a person, with the pages that may help, where none is sure or people are to choose",
    (...how) => {
      const response = ask(...how);
      expect(response.say).toBeUndefined();
      expect(response.handOver?.why).toBe("nothing-fits");
      expect(response.sources?.map((one) => one.page)).toEqual(["delivery", "returns"]);
    },
  );
});

describe("what a message names", () => {
  it("is its first word with a number, of letters, digits and dashes alone", () => {
    expect(argumentIn("where is A-17/b?")).toBe("A-17/b");
    expect(argumentIn("{{ customer.email }} <script>4</script>")).toBe("4");
    expect(argumentIn("no number here")).toBeUndefined();
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
        expect(argumentIn(text) ?? "1").toMatch(/^[\p{L}\p{N}/_-]{1,40}$/u);
        matchOf(text, { keywords: { en: [text] }, phrases: { en: [text] } });
      }),
      { numRuns: 200 },
    );
  });
});

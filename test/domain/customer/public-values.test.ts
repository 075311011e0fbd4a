import { beforeAll, describe, expect, it } from "vitest";
import { customerFacts } from "#domain/customer/customer-facts.ts";
import { scopeOf } from "#domain/message/render/scope.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Standing } from "#domain/records/event.ts";
import { NOW } from "../../support/customers/events.ts";
import { testPlaybook } from "../../support/playbook/files.ts";
import { message } from "../../support/sending/message.ts";
import { AT, customer } from "../../support/sending/world.ts";

let playbook: CompiledPlaybook;
beforeAll(async () => {
  playbook = await testPlaybook({
    "data-model.yaml": `
traits:
  email: string
  firstName: { type: string, default: friend }
  age: number
  avatar: url
  story: { type: string, maxLength: 150 }
  profile: context
computed:
  orders: { kind: count, event: Order Completed }
  spent: { kind: sum, event: Order Completed, property: total }
  lastName: { kind: last, event: Product Viewed, property: name }
  lastOrder: { kind: last, event: Order Completed, property: order_id }
  lastPage: { kind: last, event: Product Viewed, property: url }
events:
  Signed Up: {}
  Product Viewed: { name: string, url: url, products: list }
  Product Added: { name: string, price: number }
  Order Completed: { from: trusted, order_id: string, total: number, products: list }
`,
  });
});

const WIN = "https://evil.example win";

const factsOf = (traits: Readonly<Record<string, unknown>>, standing?: Standing) => {
  const { state } = customer();
  const kept = Object.entries(traits).map(([name, value]) => [
    name,
    { value, at: AT, by: "evt_1", ...(standing === undefined ? {} : { standing }) },
  ]);
  return customerFacts({ ...state, traits: Object.fromEntries(kept) }, playbook.document, NOW);
};

describe("a trait as templates see it", () => {
  it("has no web address where a public key set it, and is absent where nothing else is left", () => {
    expect(factsOf({ firstName: WIN, undeclared: "evil.example", age: 36 }, "public")).toMatchObject({
      firstName: "win",
      undeclared: "evil. example",
      age: 36,
    });
    expect(factsOf({ firstName: "https://evil.example" }, "public").firstName).toBe("friend");
  });

  it.each<Standing | undefined>(["trusted", "proven", undefined])("is as it was set by %s", (standing) => {
    expect(factsOf({ firstName: WIN }, standing).firstName).toBe(WIN);
  });

  it("is what the data model declares: a web address, a longer text, a mail address", () => {
    const avatar = "https://img.example/kim.png";
    const facts = factsOf({ avatar, story: "y".repeat(200), email: "kim@shop.example" }, "public");
    expect(facts).toMatchObject({ avatar, story: "y".repeat(150), email: "kim@shop.example" });
  });

  it("is a page of the brand's own, declared or not", () => {
    const own = "https://shop.example/kim?tab=1";
    expect(factsOf({ firstName: own, other: "//shop.example" }, "public")).toMatchObject({
      firstName: own,
      other: "//shop. example",
    });
  });

  it("is harmless at any depth", () => {
    const profile = { names: [WIN, { "www.evil.example/x": "Dr. Müller" }] };
    expect(factsOf({ profile }, "public").profile).toEqual({ names: ["win", { "": "Dr. Müller" }] });
  });
});

describe("a computed trait as templates see it", () => {
  it("has no web address but where its property is declared as one, or its event is the company's alone", () => {
    const { state } = customer();
    const computed = Object.fromEntries(
      playbook.document.dataModel.computed.map(({ name }) => [name, { of: "", all: { value: WIN } }]),
    );
    const url = "https://evil.example/page";
    const facts = customerFacts(
      { ...state, computed: { ...computed, lastPage: { of: "", all: { value: url } } } },
      playbook.document,
      NOW,
    );
    expect([facts.lastName, facts.lastPage]).toEqual(["win", url]);
    expect(facts.lastOrder).toBe(WIN);
  });
});

describe("the triggering event as templates see it", () => {
  const properties = {
    name: WIN,
    url: "https://evil.example/x",
    products: [{ name: "evil.example", url: "https://evil.example/y" }],
  };
  const event = { ...properties, name: "Product Viewed", at: AT, properties };
  const scope = (standing?: Standing) => {
    const given = standing === undefined ? {} : { standing };
    return scopeOf(message({ event, data: properties, ...given }), {}, playbook.document);
  };
  const shown = {
    name: "win",
    url: "https://evil.example/x",
    products: [{ name: "evil. example", url: "https://evil.example/y" }],
  };

  it("has no web addresses where a public key sent it, in `data` neither, but where one is declared", () => {
    expect(scope("public")).toMatchObject({
      event: { ...shown, name: "Product Viewed", at: AT, properties: shown },
      data: shown,
    });
  });

  it.each<Standing | undefined>(["trusted", "proven", undefined])("is as it came from %s", (standing) => {
    expect(scope(standing)).toMatchObject({ event, data: properties });
  });
});

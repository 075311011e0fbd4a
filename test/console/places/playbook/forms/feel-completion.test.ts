import { describe, expect, it } from "vitest";
import { readFolder } from "#cli/folder.ts";
import {
  completionAt,
  type KnownNames,
  type Suggestion,
  taken,
} from "#console/places/playbook/forms/feel-completion.ts";
import { FEEL_FUNCTIONS } from "#console/places/playbook/forms/feel-functions.ts";
import { declaredIn, namesIn } from "#console/places/playbook/forms/known-names.ts";
import { builtins } from "#feel/builtins/all.ts";
import { RETAIL_FOLDER } from "#test/support/playbook/retail.ts";

const retail = declaredIn(
  new Map(Object.entries(readFolder(RETAIL_FOLDER)).map(([path, text]) => [path, { text }])),
);
const known: KnownNames = namesIn(retail, "trigger", "Order Completed");
/** What is offered where `|` stands. */
const offered = (rule: string, names = known): readonly string[] => {
  const caret = rule.indexOf("|");
  return completionAt(rule.replace("|", ""), caret, names).suggestions.map(({ name }) => name);
};

describe("what a rule may name where one types", () => {
  it("is what the data model declares behind customer, and segments where the scope has them", () => {
    expect(offered("customer.ord|")).toEqual([
      "orders",
      "orders90d",
      "orders180d",
      "largestOrder",
      "lastOrderId",
      "coffeeOrders",
    ]);
    expect(offered("customer.coffee lo|")).toEqual(["coffee lover"]);
    expect(offered("customer.coffee lo|", namesIn(retail, "segment"))).not.toContain("coffee lover");
    expect(offered("customer.orders > 1 and customer.loyal|")).toEqual(["loyaltyTier"]);
  });

  it("is the properties of the trigger's own event behind event", () => {
    expect(offered("event.tot|")).toEqual(["total", "subtotal"]);
    expect(offered("event.tot|", namesIn(retail, "trigger", "Store Entered"))).toEqual([]);
    expect(offered("event.from|")).toEqual([]);
  });

  it("is functions and decisions by any of their words, of which names may have several", () => {
    expect(offered("string le|")).toEqual(["string length"]);
    expect(offered("if Discount b|")).toEqual(["Discount band"]);
    expect(offered("not(cust|")).toEqual(["customer"]);
  });

  it("is nothing within a text, behind a number, and where the name stands whole", () => {
    for (const rule of ['customer.city = "cust|', "1|", "", "customer.birthday|", 'x = "a" and "no|'])
      expect(offered(rule)).toEqual([]);
    expect(offered('customer.city = "a \\" b" and cust|')).toEqual(["customer"]);
  });

  it("offers nothing of what objects inherit, and stands hostile text", () => {
    expect(offered("constructor.|")).toEqual([]);
    expect(offered("__proto__.a|")).toEqual([]);
    expect(offered(`${"a ".repeat(2_000)}|`)).toEqual([]);
    expect(offered(`${"(".repeat(2_000)}cust|`)).toEqual(["customer"]);
  });
});

describe("a suggestion that is taken", () => {
  const take = (rule: string, suggestion: Suggestion): string => {
    const caret = rule.indexOf("|");
    const text = rule.replace("|", "");
    const next = taken(text, caret, completionAt(text, caret, known).from, suggestion);
    return `${next.text.slice(0, next.caret)}|${next.text.slice(next.caret)}`;
  };
  it("stands in place of what was typed; one goes on within a function's brackets", () => {
    expect(take("customer.ord| > 1", { name: "orders", kind: "name", about: "" })).toBe(
      "customer.orders| > 1",
    );
    expect(take("cou|", { name: "count", kind: "function", about: "(list)" })).toBe("count(|)");
    expect(take("tod|", { name: "today", kind: "function", about: "()" })).toBe("today()|");
    expect(take("cou|(x)", { name: "count", kind: "function", about: "(list)" })).toBe("count|(x)");
  });
});

it("the functions that are offered are those that the hub has", () => {
  expect(FEEL_FUNCTIONS.map(({ name }) => name).sort()).toEqual([...builtins().keys()].sort());
});

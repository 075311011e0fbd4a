import { expect, it } from "vitest";
import { propertiesInLine } from "#console/places/customers/properties.ts";

it("an event tells its name first and the ids of programs last", () => {
  const viewed = { product_id: "c1", sku: "s", category: "Coffee", price: 12, name: "Kenya", products: [] };
  expect(propertiesInLine(viewed)).toBe("name Kenya · category Coffee · price 12");
  expect(propertiesInLine({ order_id: "o1" })).toBe("order_id o1");
  expect(propertiesInLine({})).toBe("");
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allOperations, documentText } from "#scripts/openapi.ts";

const root = join(import.meta.dirname, "../../..");

describe("the OpenAPI document", () => {
  it("says what the schemas say today (npm run openapi writes it)", async () => {
    const committed = readFileSync(join(root, "functions/api/openapi/document.json"), "utf8");
    expect(committed).toBe(await documentText());
  });

  it("has each route once", async () => {
    const routes = (await allOperations()).map((operation) => operation.route);
    expect(routes).toEqual([...new Set(routes)]);
  });
});

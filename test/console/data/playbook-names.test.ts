import { beforeAll, describe, expect, it } from "vitest";
import { readFolder } from "#cli/folder.ts";
import { entriesNamed, entriesOf, type PlaybookEntry } from "#console/data/playbook-names.ts";
import { RETAIL_FOLDER, retailPlaybook } from "../../support/playbook/retail.ts";

let entries: readonly PlaybookEntry[];
beforeAll(async () => {
  const { document } = await retailPlaybook();
  const actions = document.actions.map(({ name, treatments }) => ({
    action: name,
    treatments: treatments.map((one) => ({ treatment: one.name, channel: one.channel })),
  }));
  entries = entriesOf({ files: readFolder(RETAIL_FOLDER), actions });
});
const found = (text: string): readonly string[] =>
  entriesNamed(entries, text).map(({ kind, name, file }) => `${kind} ${name} (${file})`);

describe("what somebody looks for in a playbook by a part of its name", () => {
  it("is found among actions and decision tables, with the file to go to", () => {
    expect(found("discount")).toEqual(
      expect.arrayContaining([
        "action retention-discount (actions/retention-discount.yaml)",
        "table Discount band (decisions/discount.dmn)",
        "table Discount percent (decisions/discount.dmn)",
        "action win-back-offer (actions/win-back-offer.yaml)",
      ]),
    );
    expect(found("discount")[0]).toBe("table Discount band (decisions/discount.dmn)");
  });

  it("is found among segments, triggers, journeys and templates", () => {
    expect(found("VIP")).toContain("segment vip (segments.yaml)");
    expect(found("new cust")).toEqual(["segment new customer (segments.yaml)"]);
    expect(found("browse-ab")).toEqual(["trigger browse-abandoned (triggers.yaml)"]);
    expect(found("first-weeks")).toContain("journey first-weeks (journeys/first-weeks.yaml)");
    expect(found("win-back-offer · ").join()).toContain("templates/win-back-offer/");
  });

  it("is found by every name that the playbook's own files hold", () => {
    const names = (kind: PlaybookEntry["kind"]) =>
      entries.flatMap((entry) => (entry.kind === kind ? [entry.name] : []));
    expect(names("action")).toHaveLength(new Set(names("action")).size);
    for (const name of ["welcome", "browse-abandoned", "cart-abandoned"])
      expect(names("trigger")).toContain(name);
  });

  it("is nothing for a letter, and eight at most", () => {
    expect(found("e")).toEqual([]);
    expect(found("re")).toHaveLength(8);
  });

  it("reads names in quotes and of XML as they are meant, and takes no comment or nested name for one", () => {
    const files = {
      "segments.yaml":
        '# not: one\n"a: b": x\n\'c\': { condition: y }\nd:\n  condition: z\n  description: "Said"\n\n  # e: f\n',
      "decisions/a.dmn":
        '<dmn:decision id="x" name="Fish &amp; &lt;chips&gt;"><decisionTable name="no"/></dmn:decision>',
    };
    const own = entriesOf({ files, actions: [] });
    expect(own.map(({ name }) => name)).toEqual(["Fish & <chips>", "a: b", "c", "d"]);
    expect(own.at(-1)?.about).toBe('"Said"');
  });
});

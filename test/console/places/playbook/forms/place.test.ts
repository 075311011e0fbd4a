import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
  addItem,
  blankOf,
  entriesIn,
  fieldIn,
  itemsIn,
  readTyped,
  rootPlace,
  unitIn,
} from "#console/places/playbook/forms/place.ts";
import { type Fields, FORMS } from "#console/places/playbook/forms/shapes.ts";
import { editYaml, readYamlForm } from "#domain/draft/edit/yaml-edit.ts";
import type { YamlEdit } from "#domain/draft/edit/yaml-tree.ts";
import { YAML_FILES } from "#domain/playbook/schema/yaml-files.ts";

/** A file that edits change, one after the other. */
const fileOf = (text: string) => {
  let now = text;
  const edit = (change: YamlEdit): void => {
    now = editYaml(now, change) ?? now;
  };
  return { edit, root: () => rootPlace(readYamlForm(now)?.value), text: () => now };
};
const entryOf = (name: "segments" | "triggers"): Fields => {
  const form = FORMS[name];
  if (form?.kind !== "map") throw new Error(`${name} is no map`);
  return form.entry;
};
const fieldOf = (group: Fields, name: string) => {
  const field = group.fields.find((each) => each.name === name);
  if (field === undefined) throw new Error(`there is no ${name}`);
  return field;
};

describe("a form's place in a file", () => {
  it("changes a segment that is written short, and gives it a map once it says more", () => {
    const file = fileOf("vip: customer.orders > 1 # often\n");
    const group = entryOf("segments");
    const place = (name: string) => {
      const [entry] = entriesIn(file.root(), file.edit);
      if (entry === undefined) throw new Error("there is no entry");
      return fieldIn(entry, group, fieldOf(group, name), file.edit);
    };
    place("condition").set("customer.orders > 2");
    expect(file.text()).toBe("vip: customer.orders > 2 # often\n");
    place("description").set("They come often.");
    expect(readYamlForm(file.text())?.value).toEqual({
      vip: { condition: "customer.orders > 2", description: "They come often." },
    });
    expect(file.text()).toContain("# often");
    place("condition").set("true");
    expect(readYamlForm(file.text())?.value).toMatchObject({ vip: { condition: "true" } });
  });

  it("takes one condition for a list of one, and makes it a list with the second", () => {
    const file = fileOf("category: marketing\neligible: customer.vip\n");
    const list = () => {
      const form = FORMS.actions;
      if (form?.kind !== "group") throw new Error("actions have no form");
      return fieldIn(file.root(), form, fieldOf(form, "eligible"), file.edit);
    };
    expect(itemsIn(list(), file.edit).map(({ value }) => value)).toEqual(["customer.vip"]);
    addItem(list(), "customer.orders > 1", file.edit);
    expect(readYamlForm(file.text())?.value).toMatchObject({
      eligible: ["customer.vip", "customer.orders > 1"],
    });
    itemsIn(list(), file.edit)[0]?.remove();
    itemsIn(list(), file.edit)[0]?.remove();
    expect(readYamlForm(file.text())?.value).toEqual({ category: "marketing" });
  });

  it("reads what was typed as a number where one may stand", () => {
    expect([readTyped("0,5", true), readTyped("3", false), readTyped("1 +", true)]).toEqual([
      0.5,
      "3",
      "1 +",
    ]);
    expect([unitIn("PT4H"), unitIn("P2W"), unitIn("P1DT4H"), unitIn("soon")]).toEqual([
      { count: "4", unit: "H" },
      { count: "2", unit: "W" },
      null,
      null,
    ]);
  });

  it("begins a new entry with what it must say", () => {
    expect(blankOf(entryOf("segments"))).toBe("");
    // An event or a day: which of them is for whoever writes it to say.
    expect(blankOf(entryOf("triggers"))).toEqual({});
  });
});

/** Names of fields in a schema, whatever alternatives stand between. */
const namesIn = (schema: unknown): readonly string[] => {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties, anyOf, items, additionalProperties } = schema as Record<string, unknown>;
  const alternatives = Array.isArray(anyOf) ? anyOf : [];
  return [
    ...Object.entries(properties ?? {}).flatMap(([name, own]) => [name, ...namesIn(own)]),
    ...[...alternatives, items, additionalProperties].flatMap(namesIn),
  ];
};
const namesOfShape = (shape: unknown): readonly string[] => {
  if (typeof shape !== "object" || shape === null) return [];
  const { fields, entry } = shape as {
    fields?: readonly { name: string; shape: unknown }[];
    entry?: unknown;
  };
  return [
    ...(fields ?? []).flatMap((each) => [each.name, ...namesOfShape(each.shape)]),
    ...namesOfShape(entry),
  ];
};

it("a form has every field that its file may have", () => {
  const files = {
    actions: "actions/<name>.yaml",
    triggers: "triggers.yaml",
    policy: "contact-policy.yaml",
    segments: "segments.yaml",
  };
  for (const [group, file] of Object.entries(files)) {
    const schema = YAML_FILES.find(([name]) => name === file)?.[1];
    if (schema === undefined) throw new Error(`${file} has no schema`);
    const wanted = new Set(namesIn(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })));
    // The file's own name says it, and regions stay in the text.
    for (const name of ["name", "phones", "zones"]) wanted.delete(name);
    const own = new Set(namesOfShape(FORMS[group]));
    expect([group, [...wanted].filter((name) => !own.has(name))]).toEqual([group, []]);
  }
});

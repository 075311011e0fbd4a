import { expect, it } from "vitest";
import { templatesOf } from "#console/places/playbook/action-templates.ts";

const templates = (...treatments: readonly string[]): readonly string[] =>
  templatesOf("actions/win-back.yaml", ["category: marketing", "treatments:", ...treatments].join("\n"));

it("the words of an action are in the templates that its treatments name, else in those of its own name", () => {
  expect(templates("  - channel: email", "  - channel: push")).toEqual(["win-back"]);
  expect(
    templates("  - { channel: email, name: short }", "  - { channel: email, template: long, name: x }"),
  ).toEqual(["short", "long"]);
  expect(templates("  - { channel: web, content: { title: Hello } }")).toEqual([]);
  for (const broken of ["", "a: [", "treatments: 1", "- 1", "treatments: [1, null]"])
    expect(templatesOf("actions/win-back.yaml", broken)).toEqual([]);
});

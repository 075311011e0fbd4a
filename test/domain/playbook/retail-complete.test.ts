import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readFolder } from "#cli/folder.ts";
import { ModelFile } from "#domain/playbook/schema/model-file.ts";
import { YAML_FILES } from "#domain/playbook/schema/yaml-files.ts";
import { fieldsOf } from "../../support/playbook/fields.ts";
import { RETAIL_FOLDER } from "../../support/playbook/retail.ts";

const files = readFolder(RETAIL_FOLDER);

/** Fields that the example goes without, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  "playbook.yaml preferredChannel.trait": "the trait has its usual name",
  "playbook.yaml preferredChannel.weight": "the usual weight is the right one",
  "data-model.yaml computed.<>.type": "the type of the property is the right one everywhere",
  "contact-policy.yaml regions[].categories":
    "what holds for sales is kept for service too: stricter is safer",
  "data-model.yaml publicKeys.outcomes": "visitors teaching what visitors are shown is the right default",
  "playbook.yaml brand.linkSchemes": "the shop has no app of its own",
  "playbook.yaml channels.<>.keywords": "the hub answers STOP, START and HELP itself",
  ...Object.fromEntries(
    ["account", "description", "events[].if", "events[].on", "events[].with", "identifiers", "url"].map(
      (field) => [`webhooks.yaml <>.${field}`, "the shop has no other systems that anybody could call"],
    ),
  ),
  "playbook.yaml requireTests": "whoever changes the example may push it before its tests hold",
  "playbook.yaml channels.<>.routes[].provider": "one provider a channel is enough to try",
  "playbook.yaml channels.<>.routes[].account": "one provider a channel is enough to try",
  "playbook.yaml channels.<>.routes[].countries": "one provider a channel is enough to try",
  "playbook.yaml channels.<>.routes[].weight": "one provider a channel is enough to try",
  "playbook.yaml channels.<>.routes[].from": "one sender a channel is enough to try",
  "playbook.yaml channels.<>.routes[].perSecond": "one sender a channel is enough to try",
  "playbook.yaml channels.<>.routes[].perDay": "one sender a channel is enough to try",
  "playbook.yaml channels.<>.resend": "one provider a channel is enough to try",
  "playbook.yaml guard.share": "the example has few customers",
  "playbook.yaml guard.customers": "the example has few customers",
  "sends/<name>.yaml if": "the example's send is for a segment",
  "playbook.yaml publishing.people": "one person may try the example alone",
  "playbook.yaml brand.words": "the hub speaks both of its languages",
  "contact-policy.yaml quietHours[].holidays":
    "whoever tries it on Christmas Day sees messages leave all the same",
  "contact-policy.yaml regions[].quietHours[].holidays": "the laws name none",
  "conversations.yaml teams.<>.answerWithin": "one promise for everybody is easy to keep",
  "sources.yaml foreign[].from": "nobody else sends to the example's customers",
  "sources.yaml foreign[].configurationSet": "nobody else sends to the example's customers",
  "sources.yaml foreign[].channel": "nobody else sends to the example's customers",
  "sources.yaml foreign[].category": "nobody else sends to the example's customers",
  "sources.yaml foreign[].action": "nobody else sends to the example's customers",
  "playbook.yaml channels.<>.fallBack.to":
    "whoever tries it has no provider that leaves a message undelivered",
  "playbook.yaml channels.<>.fallBack.after": "no channel takes over",
  "playbook.yaml channels.<>.fallBack.unless": "no channel takes over",
  "actions/<name>.yaml name": "an action is called as its file is",
  "journeys/<name>.yaml name": "a journey is called as its file is",
  "journeys/<name>.yaml moved": "no step was ever renamed",
  "actions/<name>.yaml treatments[].content": "all words stand in templates, both languages side by side",
};

const textsOf = (file: string): readonly string[] =>
  Object.entries(files).flatMap(([path, text]) =>
    new RegExp(`^${file.replace("<name>", "[^/]+")}$`).test(path) ? [text] : [],
  );

/** `caps[].max` -> caps, any entry, max. */
const stepsTo = (field: string): readonly string[] =>
  field
    .replaceAll("[]", ".[]")
    .split(".")
    .filter((step) => step !== "");

const isSaid = (path: readonly string[], value: unknown): boolean => {
  const [first, ...rest] = path;
  if (first === undefined) return true;
  if (typeof value !== "object" || value === null) return false;
  if (first === "<>" || first === "[]") return Object.values(value).some((one) => isSaid(rest, one));
  return Object.entries(value).some(([name, one]) => name === first && isSaid(rest, one));
};

describe("the retail playbook", () => {
  it("shows every field that a playbook may have, but for those left out for a reason", () => {
    const unused = YAML_FILES.flatMap(([file, schema]) => {
      const values = textsOf(file).map((text): unknown => parse(text));
      return fieldsOf(schema)
        .filter((field) => !values.some((value) => isSaid(stepsTo(field), value)))
        .map((field) => `${file} ${field}`);
    });
    expect([...new Set(unused)].toSorted()).toEqual(Object.keys(LEFT_OUT).toSorted());
  });

  it("brings a company's own models of both kinds, a decision table, and words for every kind of channel", () => {
    const kinds = Object.entries(files).flatMap(([path, text]) =>
      path.startsWith("models/") ? [ModelFile.parse(parse(text)).kind] : [],
    );
    expect(kinds.toSorted()).toEqual(["logistic", "trees"]);
    const ends = ["/email.mjml", "/email.txt", "/sms.txt", "/push.yaml", "/web.yaml", "/call.yaml", ".dmn"];
    for (const end of ends) expect(Object.keys(files).some((path) => path.endsWith(end))).toBe(true);
  });

  it("says in a comment, a description or a title what each file is for", () => {
    const mute = Object.entries(files)
      .filter(([path]) => !path.startsWith("templates/") && !path.startsWith("actions/"))
      .filter(([, text]) => !/^# |^title:|^description|"description"|<description>/m.test(text));
    expect(mute.map(([path]) => path)).toEqual([]);
  });
});

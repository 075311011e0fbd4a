import { beforeAll, describe, expect, it } from "vitest";
import type { FunctionFolder } from "#infra/constructs/definition.ts";
import { contractsUnderTest } from "../support/sending/contracts.ts";
import { appUnderTest, functionsUnderTest, type Templates, templatesOf } from "./assembly.ts";
import { IAM_TABLE, rightsOfSenders } from "./iam-table.ts";
import { type Rights, rolesIn } from "./rights.ts";

let granted: Readonly<Record<string, Rights>>;
let folders: readonly FunctionFolder[];
let templates: Templates;
const contracts = await contractsUnderTest();

beforeAll(async () => {
  folders = await functionsUnderTest();
  templates = templatesOf(await appUnderTest());
  granted = Object.fromEntries(
    folders.flatMap(({ group, id, name }) => {
      const template = templates.get(id);
      return Object.entries(template ? rolesIn(template) : {}).map(([role, rights]) => [
        role === "Role" ? `${group}/${name}` : `${group}/${name} ${role}`,
        rights,
      ]);
    }),
  );
}, 60_000);

describe("what functions may do", () => {
  it("is what the reviewed table says, for every role", () => {
    const channels = folders.flatMap(({ group, name }) => (group === "send" && name !== "api" ? [name] : []));
    expect(granted).toEqual({ ...IAM_TABLE, ...rightsOfSenders(channels, contracts) });
  });

  it("never holds a wildcard for an action", () => {
    const wild = Object.entries(granted).filter(([, rights]) =>
      Object.values(rights).some((actions) => actions.includes("*")),
    );
    expect(wild).toEqual([]);
  });

  it("comes from roles alone: no stack attaches a policy from the side", () => {
    for (const [id, template] of templates) {
      const types = Object.values(template.Resources).map(({ Type }) => Type);
      expect(types, id).not.toContain("AWS::IAM::Policy");
      expect(types, id).not.toContain("AWS::IAM::ManagedPolicy");
    }
  });
});

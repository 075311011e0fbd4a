import { describe, expect, it } from "vitest";
import { teamsIn } from "#console/places/inbox/teams.ts";

describe("the teams of a playbook", () => {
  it("are those its file names, in its order", () => {
    expect(teamsIn("teams:\n  returns: { topics: [return] }\n  orders: {}\n")).toEqual(["returns", "orders"]);
  });

  it.each([undefined, "", "teams: none", "teams:", "- a list", "a: b: c"])(
    "are none where the file is %j",
    (file) => {
      expect(teamsIn(file)).toEqual([]);
    },
  );
});

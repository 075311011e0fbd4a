import { describe, expect, it } from "vitest";
import { askedFor, lookedAt, searchWith } from "#console/places/inbox/views.ts";

describe("the inbox's address", () => {
  it("shows those who wait where it says nothing, or what nobody knows", () => {
    expect(lookedAt({})).toEqual({ view: "waiting", sort: "waiting", team: "", open: undefined });
    expect(lookedAt({ view: "hasOwnProperty", sort: "__proto__" })).toMatchObject({
      view: "waiting",
      sort: "waiting",
    });
  });

  it("has the newest first of what is over, unless it says otherwise", () => {
    expect(lookedAt({ view: "closed" }).sort).toBe("newest");
    expect(lookedAt({ view: "closed", sort: "due" }).sort).toBe("due");
  });

  it("holds nothing that is empty", () => {
    expect(
      searchWith({ view: "team", team: "orders", open: "cnv_1" }, { team: "", open: undefined }),
    ).toEqual({
      view: "team",
    });
  });
});

describe("what the hub is asked for", () => {
  const asked = (search: Parameters<typeof lookedAt>[0]) => askedFor(lookedAt(search), "Aiko");

  it("is what stands in the view", () => {
    expect(asked({ view: "waiting", sort: "due" })).toEqual({ state: "open", sort: "due" });
    expect(asked({ view: "mine" })).toEqual({ assignee: "Aiko", sort: "waiting" });
    expect(asked({ view: "team", team: "orders" })).toEqual({ team: "orders", sort: "waiting" });
    expect(asked({ view: "closed" })).toEqual({ state: "closed", sort: "newest" });
  });

  it("is nothing before a team is chosen: it would be everybody's", () => {
    expect(asked({ view: "team" })).toBeNull();
  });
});

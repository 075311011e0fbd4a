import { describe, expect, it } from "vitest";
import { plainMjml } from "#domain/rehearsal/plain-mjml.ts";

const html = async (mjml: string) => (await plainMjml(mjml)).html;

describe("MJML as words and links alone", () => {
  it("keeps words, links and pictures, and leaves the head out", async () => {
    const mjml = `<mjml><mj-head><mj-title>no</mj-title></mj-head><mj-body><mj-text align="left">Hi <b>you</b></mj-text>
      <mj-button href="{{ brand.website }}/a>b" color='red'>Go</mj-button><mj-image src="x.png" alt="A cup" /><mj-divider /></mj-body></mjml>`;
    expect((await html(mjml)).replace(/\s+/g, " ")).toBe(
      '<div><div><div>Hi <b>you</b></div> <a href="{{ brand.website }}/a>b">Go</a><img src="x.png" alt="A cup"><div></div></div></div>',
    );
  });

  it("leaves what is no MJML as it is", async () => {
    expect(await html("<p>1 < 2 & mj-text</p>")).toBe("<p>1 < 2 & mj-text</p>");
  });
});

import { describe, expect, it } from "vitest";
import { PAGES } from "#infra/local/pages/layout.ts";
import { page, welcome } from "#infra/local/pages/pages.ts";
import { createCounter } from "#infra/local/providers/outbox.ts";
import { openPage } from "./open-page.ts";

const around = { outbox: createCounter(), query: new URLSearchParams(), now: 0 };
const textAt = (path: string): string => {
  const answer = path === "/" ? welcome() : page(path.replace("/_local/", ""), around);
  return String(answer?.body).replace(/<script[\s\S]*<\/script>/, "");
};

describe.each(["/", ...PAGES.map(({ path }) => path)])("the page at %s", (path) => {
  const look = (code: string): unknown => {
    const { window } = openPage(textAt(path), {}, path);
    return JSON.parse(
      String(
        window.eval(
          `{ const every = (selector) => [...document.querySelectorAll(selector)]; JSON.stringify(${code}) }`,
        ),
      ),
    );
  };

  it("has one first heading, a title and a language", () => {
    expect(look(`[every("h1").length, document.title !== "", document.documentElement.lang]`)).toEqual([
      1,
      true,
      "en",
    ]);
  });

  it("labels all that is filled in and names all that is pressed", () => {
    const named = `field.hasAttribute("aria-label") || document.querySelector('label[for="' + field.id + '"]')`;
    expect(
      look(`every("input, select, textarea").filter((field) => !(${named})).map(({ id }) => id)`),
    ).toEqual([]);
    expect(look(`every("button, a").filter((one) => one.textContent === "").length`)).toBe(0);
  });

  it("uses each id once, and loads nothing from elsewhere", () => {
    expect(look(`every("[id]").length - new Set(every("[id]").map(({ id }) => id)).size`)).toBe(0);
    expect(look(`every("[src], link").length`)).toBe(0);
  });

  it("says in its header which one it is", () => {
    const current = look(`every("header [aria-current]").map((link) => link.getAttribute("href"))`);
    expect(current).toEqual(path === "/" ? [] : [path]);
  });
});

import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingsInEachLook } from "../support/browser/axe.ts";
import { type ConsolePage, findBrowser, logInWith } from "../support/browser/console.ts";
import { pressOn, tabTo } from "../support/browser/tabs.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";

const browser: Browser | null = await findBrowser();
let hub: Hub;
let marketer: ConsolePage;

beforeAll(async () => {
  if (browser === null) return;
  hub = hubAt((await startTestCloud()).url);
  marketer = await logInWith(browser, hub.url, "marketer");
});
afterAll(() => browser?.close());

describe.skipIf(browser === null)("a journey, with the keyboard alone", () => {
  /** Opens what may be done with the one run there is, and takes so many lines further down. */
  const choose = async (downs: number): Promise<void> => {
    await pressOn(marketer, "What to do: ");
    await marketer.sees("Put elsewhere");
    for (let down = 0; down < downs; down += 1) await marketer.step("ArrowDown");
    await marketer.press("Enter");
  };

  it("is entered by somebody who is led in, who is kept still, put elsewhere and taken out; and kept still as a whole", async () => {
    await hub.tell("identify", { userId: "walker", traits: { firstName: "Wanda" } });
    await hub.settle();
    await marketer.go("/playbook");
    await marketer.sees("A draft changes nothing");
    await marketer.press("g j");
    await marketer.sees("first-weeks");
    await pressOn(marketer, "first-weeks");
    await marketer.sees("Begins here");
    await pressOn(marketer, "Lead somebody in");
    await marketer.type("userId:walker");
    await marketer.press("Enter");
    await marketer.sees("They are led in");
    await hub.settle();
    await marketer.sees("Wanda");
    await tabTo(marketer, "settle");
    expect(await marketer.focused()).toContain("1 here");
    await marketer.press("Enter");
    await marketer.sees("Who is at settle");

    await choose(0);
    await marketer.sees("kept still");
    await choose(1);
    await marketer.sees("Where are they to go on?");
    await marketer.type("hint");
    await pressOn(marketer, "Put elsewhere");
    await marketer.sees("Nobody is here now");
    await pressOn(marketer, "Show all steps");
    await marketer.sees("Wanda");
    await choose(2);
    await marketer.sees("That is not taken back");
    await pressOn(marketer, "Cancel");
    expect(await marketer.text("main")).toContain("Wanda");
    await choose(2);
    await marketer.sees("That is not taken back");
    await marketer.press("Tab Enter");
    await marketer.sees("Nobody is here now");

    await pressOn(marketer, "Keep all still");
    await marketer.sees("Nobody goes on and nothing is said");
    await marketer.press("Tab Enter");
    await marketer.sees("It is kept still.");
    await marketer.sees("Let all go on");
    expect((await hub.call("GET", "/v1/journeys/first-weeks")).body).toMatchObject({ still: true });
    expect(marketer.complaints).toEqual([]);
  });

  /** Puts one file's text in place of another in a new draft; gives its id. */
  const draftOf = async (name: string, path: string, change: (text: string) => string): Promise<string> => {
    const { body } = await hub.call("POST", "/v1/drafts", { name });
    const { draftId } = body as { draftId: string };
    const { body: read } = await hub.call("GET", `/v1/drafts/${draftId}/files?path=${path}`);
    const { files } = read as { files: Record<string, { text: string; revision: string | null }> };
    const { text = "", revision = null } = files[path] ?? {};
    const saved = { files: [{ path, text: change(text), began: revision }] };
    expect((await hub.call("PUT", `/v1/drafts/${draftId}`, saved)).status).toBe(200);
    return draftId;
  };

  it("is changed under those inside once somebody has seen what becomes of them, and not before", async () => {
    const runs = "/v1/journeys/first-weeks/runs";
    await hub.call("POST", "/v1/journeys/first-weeks/resume");
    for (const who of ["stays", "goes"]) {
      await hub.tell("identify", { userId: who });
      await hub.settle();
      const { body } = await hub.call("POST", runs, { customer: `userId:${who}` });
      await hub.settle();
      if (who === "goes")
        await hub.call("POST", `${runs}/${Reflect.get(Object(body), "runId")}/move`, { step: "second" });
    }
    await hub.settle();
    const guarded = await draftOf(
      "Look first",
      "playbook.yaml",
      (text) => `${text}\nguard: { customers: 0, share: 0 }\n`,
    );
    expect((await hub.call("POST", `/v1/drafts/${guarded}/publish`)).status).toBe(200);
    await hub.advance("PT6S");
    const live = async (): Promise<string | undefined> => {
      const { items } = (await hub.call("GET", "/v1/playbooks?limit=20")).body as {
        items: { version: string; published: boolean }[];
      };
      return items.find(({ published }) => published)?.version;
    };

    const draft = await draftOf("Sooner", "journeys/first-weeks.yaml", (text) =>
      text
        .replace("wait: P3D", "wait: P1D")
        .replace(
          "second: { wait: P21D,",
          "second: { branch: [{ if: customer.orders > 99, next: settle }], otherwise: stop,",
        )
        .replace("otherwise: stop, next: stop", "otherwise: stop"),
    );
    await marketer.go(`/playbook/${draft}?view=review`);
    await marketer.sees("Who is on their way");
    const before = await live();
    await pressOn(marketer, "Publish");
    await marketer.sees("You can make the version before live again");
    await pressOn(marketer, "Publish");
    await marketer.sees("2 people wait at steps that this changes. See first what becomes of them");
    expect(await live()).toBe(before);
    await pressOn(marketer, "See who is moved");
    await marketer.sees("first-weeks/settle");
    const rows = await marketer.page.$$eval("dialog[open] tbody tr", (lines) =>
      lines.map((line) =>
        [...(line as { children: Iterable<{ textContent: string }> }).children].map(
          (cell) => cell.textContent,
        ),
      ),
    );
    expect(rows).toEqual([
      ["first-weeks/second", "0", "0", "0", "1"],
      ["first-weeks/settle", "1", "0", "0", "0"],
      ["Everybody", "1", "0", "0", "1"],
    ]);
    expect(await findingsInEachLook(marketer.page)).toEqual([]);
    await pressOn(marketer, "Make it live, and move them");
    await marketer.sees("It is live within five seconds");
    expect(await live()).not.toBe(before);
    expect(marketer.complaints).toEqual([]);
  });
});

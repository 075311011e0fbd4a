import type { ConsolePage } from "./console.ts";

const MOST_TABS = 60;
/** The name of what has the focus. */
export const named = async ({ page }: ConsolePage): Promise<string> =>
  String(
    await page.evaluate(`(({ activeElement: own }) =>
      own?.getAttribute("aria-label") ?? own?.labels?.[0]?.innerText ?? own?.innerText ?? "")(document)`),
  );
/** Goes on by Tab until something of that name has the focus. */
export const tabTo = async (who: ConsolePage, name: string): Promise<void> => {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if ((await named(who)).startsWith(name)) return;
    await who.press("Tab");
  }
  throw new Error(`"${name}" cannot be reached by Tab`);
};
/** Goes there, and presses Enter. */
export const pressOn = async (who: ConsolePage, name: string): Promise<void> => {
  await tabTo(who, name);
  await who.press("Enter");
};

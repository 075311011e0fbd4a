import { useEffect, useRef } from "react";

/** What keys do: `j`, `g t` (one after the other), `mod+k` (Control, or Command on a Mac). */
export type Keys = Readonly<Record<string, () => void>>;

/** A second key comes within so long of the first, or stands alone. */
const TOGETHER_MS = 800;

const isTypedInto = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const nameOf = (event: KeyboardEvent): string =>
  `${event.ctrlKey || event.metaKey ? "mod+" : ""}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;

/** What the components on the page let keys do, the first to come first. */
const said: { readonly current: Keys }[] = [];
let first = { key: "", at: 0 };

/** Two keys that belong together are looked for everywhere before the second stands alone: `g c` is no `c`. Who came last goes before. */
const actOf = (key: string, at: number): (() => void) | undefined => {
  const both = at - first.at < TOGETHER_MS ? `${first.key} ${key}` : key;
  const find = (name: string) => said.findLast(({ current }) => Object.hasOwn(current, name))?.current[name];
  return find(both) ?? find(key);
};

const press = (event: KeyboardEvent): void => {
  const key = nameOf(event);
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const rests = isTypedInto(event.target) || document.querySelector("dialog[open]") !== null;
  if (rests && !key.startsWith("mod+")) return;
  const act = actOf(key, event.timeStamp);
  first = { key, at: event.timeStamp };
  if (act === undefined) return;
  event.preventDefault();
  act();
};

/**
 * Lets keys do something while the component that says so is on the page. They rest where one types, and under a dialog;
 * `mod+` ones do not.
 */
export const useKeys = (keys: Keys): void => {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    if (said.length === 0) addEventListener("keydown", press);
    said.push(current);
    return () => {
      said.splice(said.indexOf(current), 1);
      if (said.length === 0) removeEventListener("keydown", press);
    };
  }, []);
};

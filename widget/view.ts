import type { Message } from "./chat-api.ts";
import type { Unsent } from "./chat-log.ts";
import { STYLE } from "./style.ts";
import type { Words } from "./words.ts";

export type View = {
  readonly show: (messages: readonly Message[], unsent: readonly Unsent[]) => void;
  readonly setOpen: (isOpen: boolean) => void;
};

type Acts = { readonly write: (text: string) => void; readonly toggle: (isOpen: boolean) => void };

const MOST_CHARACTERS = 8_000;
const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g;

const make = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  members: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] => {
  const element = Object.assign(document.createElement(name), members);
  element.append(...children);
  return element;
};

/** A text with its web addresses as links. It is never read as HTML. */
const withLinks = (text: string): readonly (Node | string)[] => {
  const parts: (Node | string)[] = [];
  let from = 0;
  for (const { 0: href, index } of text.matchAll(LINK)) {
    parts.push(
      text.slice(from, index),
      make("a", { href, target: "_blank", rel: "noopener noreferrer" }, href),
    );
    from = index + href.length;
  }
  return [...parts, text.slice(from)];
};

const line = (
  words: Words,
  { direction, text }: Pick<Message, "direction" | "text">,
  state?: string,
): HTMLElement => {
  const who = make("span", { className: "who" }, `${direction === "in" ? words.you : words.us}: `);
  const said = direction === "out" ? withLinks(text) : [text];
  const below = state === undefined ? [] : [make("span", { className: "state" }, state)];
  return make("p", { className: direction, dir: "auto" }, who, ...said, ...below);
};

/** Enter sends, with Shift it begins a line; what is still being composed, as in Japanese, is left alone. */
const formFor = (words: Words, write: Acts["write"]) => {
  const field = make("textarea", { rows: 2, maxLength: MOST_CHARACTERS, dir: "auto", required: true });
  field.setAttribute("aria-label", words.message);
  const form = make("form", {}, field, make("button", { type: "submit" }, words.send));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === "") return;
    field.value = "";
    write(text);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return { form, field };
};

/** Draws the chat into a shadow root: a button, and the panel that it opens. Lines that are there stay: a reader of screens hears new ones alone. */
export const drawChat = (root: ShadowRoot, words: Words, { write, toggle }: Acts): View => {
  const log = make("div", { className: "log", tabIndex: 0, role: "log" });
  log.setAttribute("aria-label", words.title);
  const { form, field } = formFor(words, write);
  const close = make("button", { type: "button", ariaLabel: words.close }, "×");
  const head = make("header", {}, make("h2", {}, words.title), close);
  const panel = make(
    "section",
    { className: "panel", hidden: true, role: "dialog", ariaLabel: words.title },
    head,
    log,
    form,
  );
  const open = make("button", { type: "button", className: "toggle", ariaExpanded: "false" }, words.open);
  root.append(make("style", {}, STYLE), panel, open);
  const drawn = new Map<string, HTMLElement>();

  const setOpen = (isOpen: boolean): void => {
    panel.hidden = !isOpen;
    open.hidden = isOpen;
    (isOpen ? field : open).focus();
  };
  const act = (isOpen: boolean) => (): void => {
    setOpen(isOpen);
    toggle(isOpen);
  };
  open.addEventListener("click", act(true));
  close.addEventListener("click", act(false));
  panel.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") act(false)();
  });
  return {
    setOpen,
    show: (messages, unsent) => {
      const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
      const wanted = new Map<string, () => HTMLElement>();
      if (messages.length + unsent.length === 0)
        wanted.set("empty", () => make("p", { className: "out" }, words.empty));
      for (const one of messages) wanted.set(`m${one.seq}`, () => line(words, one));
      for (const { clientId, text, isRefused } of unsent)
        wanted.set(`u${clientId}${isRefused}`, () =>
          line(words, { direction: "in", text }, isRefused ? words.refused : words.waits),
        );
      for (const [key, element] of drawn) if (!wanted.has(key)) element.remove();
      for (const [key, draw] of wanted) {
        const element = drawn.get(key) ?? draw();
        drawn.set(key, element);
        if (!element.isConnected || element.nextSibling !== null) log.append(element);
      }
      for (const key of drawn.keys()) if (!wanted.has(key)) drawn.delete(key);
      if (isAtEnd) log.scrollTop = log.scrollHeight;
    },
  };
};

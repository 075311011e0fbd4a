import { chatApi, type Settings, type TokenStore } from "./chat-api.ts";
import { type ChatLog, chatLog, type Outbox, type Unsent } from "./chat-log.ts";
import { drawChat, type View } from "./view.ts";
import { wordsFor } from "./words.ts";

/** Browsers that keep nothing for this page keep it in memory: the chat lasts as long as the page. */
const held = (
  store: () => Storage,
  key: string,
): { get: () => string | null; set: (value: string) => void } => {
  let memory: string | null = null;
  return {
    get: () => {
      try {
        return store().getItem(key) ?? memory;
      } catch {
        return memory;
      }
    },
    set: (value) => {
      memory = value;
      try {
        store().setItem(key, value);
      } catch {}
    },
  };
};

const tokensOf = (hub: string): TokenStore => held(() => localStorage, `rapport-visitor ${hub}`);

const outboxOf = (hub: string): Outbox => {
  const kept = held(() => sessionStorage, `rapport-unsent ${hub}`);
  return {
    load: () => {
      try {
        return JSON.parse(kept.get() ?? "[]") as readonly Unsent[];
      } catch {
        return [];
      }
    },
    save: (unsent) => kept.set(JSON.stringify(unsent)),
  };
};

/** `<rapport-chat hub="https://..." write-key="wk_...">`; with `user-id`, `at` and `proof` it is that customer's. */
class RapportChat extends HTMLElement {
  #log: ChatLog | null = null;
  #view: View | null = null;
  #isOpen = false;
  readonly #woken = (): void => {
    if (document.visibilityState === "visible") this.#log?.watch(this.#isOpen);
  };

  connectedCallback(): void {
    const settings = this.#settings();
    const words = wordsFor(this.lang || document.documentElement.lang || navigator.language);
    const title = this.getAttribute("heading");
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.replaceChildren();
    const log = chatLog(chatApi(settings, tokensOf(settings.hub)), outboxOf(settings.hub), () =>
      this.#show(),
    );
    this.#log = log;
    this.#view = drawChat(root, title === null ? words : { ...words, title }, {
      write: log.write,
      toggle: (isOpen) => {
        this.#isOpen = isOpen;
        log.watch(isOpen);
      },
    });
    this.#show();
    for (const [target, name] of this.#signs()) target.addEventListener(name, this.#woken);
    // Nobody who only reads the page begins a session: whoever has one, or something to send, goes on with it.
    if (tokensOf(settings.hub).get() !== null || settings.identity !== undefined || log.unsent().length > 0)
      log.watch(false);
  }

  disconnectedCallback(): void {
    this.#log?.stop();
    for (const [target, name] of this.#signs()) target.removeEventListener(name, this.#woken);
  }

  /** By which a page learns that it was away, or that the line is there again. */
  #signs(): readonly (readonly [EventTarget, string])[] {
    return [
      [document, "visibilitychange"],
      [window, "focus"],
      [window, "online"],
      [window, "pageshow"],
    ];
  }

  #settings(): Settings {
    const read = (name: string): string => this.getAttribute(name) ?? "";
    const [userId, at, proof] = [read("user-id"), read("at"), read("proof")];
    return {
      hub: read("hub").replace(/\/$/, ""),
      writeKey: read("write-key"),
      ...(proof === "" ? {} : { identity: { userId, at, proof } }),
    };
  }

  #show(): void {
    if (this.#log !== null) this.#view?.show(this.#log.messages(), this.#log.unsent());
  }
}

if (customElements.get("rapport-chat") === undefined) customElements.define("rapport-chat", RapportChat);

// One script tag is enough: with its write key, the chat stands on the page by itself.
const script = document.currentScript;
if (script instanceof HTMLScriptElement && script.dataset.writeKey !== undefined) {
  const chat = document.createElement("rapport-chat");
  chat.setAttribute("hub", script.dataset.hub ?? new URL(script.src).origin);
  for (const name of ["writeKey", "userId", "at", "proof", "heading"] as const) {
    const value = script.dataset[name];
    if (value !== undefined)
      chat.setAttribute(
        name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`),
        value,
      );
  }
  const add = (): void => void document.body.append(chat);
  if (document.body === null) document.addEventListener("DOMContentLoaded", add);
  else add();
}

import type { Described } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

const params = { token: { about: "Says who and what, signed by the hub", example: "AAAA" } };
const look = (path: string) => ({ summary: `As GET ${path}, and nothing comes of it`, params });

export const described: Described<typeof operations> = {
  tag: { name: "Links", description: "Where the links in messages lead. People come here, not programs." },
  calls: {
    followLink: { summary: "Count a click and lead to where the link points", params },
    checkLink: look("/l/{token}"),
    countOpening: { summary: "Count an opening of a mail", params },
    checkOpening: look("/o/{token}"),
    askToUnsubscribe: { summary: "Ask whether to unsubscribe; changes nothing", params },
    checkUnsubscribe: look("/u/{token}"),
    unsubscribe: { summary: "Unsubscribe at once (RFC 8058)", params },
    showPreferences: { summary: "Show what a person agreed to receive", params },
    checkPreferences: look("/p/{token}"),
    savePreferences: { summary: "Save what a person agrees to receive", params },
    askToConfirm: { summary: "Ask whether a person agrees, as somebody said; changes nothing", params },
    checkConfirm: look("/c/{token}"),
    confirm: { summary: "Confirm consent that waits for its address to be proven", params },
  },
};

import type { Handlers } from "#runtime/http/operation.ts";
import { answerSubscribe, askToSubscribe } from "./confirm.ts";
import type { LinkCall, LinkDependencies } from "./dependencies.ts";
import { countOpen, followClick, pixel, redirect } from "./follow.ts";
import type { operations } from "./operations.ts";
import { savePreferences, showPreferences } from "./preferences.ts";
import { siteOf, withToken } from "./site.ts";
import { answerUnsubscribe, askToUnsubscribe } from "./unsubscribe.ts";

/** What answers the calls of operations.ts. HEAD answers as GET, and nothing comes of it. */
export const linkCalls = (deps: LinkDependencies): Handlers<typeof operations> => {
  const ask = (call: LinkCall) =>
    withToken(deps, call, "unsubscribe", async () => askToUnsubscribe(await siteOf(deps, call)));
  const preferences = (call: LinkCall) =>
    withToken(deps, call, "preferences", async (token) =>
      showPreferences(deps, await siteOf(deps, call), token),
    );
  const askToConfirm = (call: LinkCall) =>
    withToken(deps, call, "confirm", async (token) => askToSubscribe(await siteOf(deps, call), token));
  return {
    followLink: (call) => withToken(deps, call, "click", (token) => followClick(deps, call, token)),
    checkLink: (call) => withToken(deps, call, "click", async ({ url }) => redirect(url)),
    countOpening: (call) =>
      withToken(deps, call, "open", ({ messageId }) => countOpen(deps, call, messageId)),
    checkOpening: (call) => withToken(deps, call, "open", async () => pixel()),
    askToUnsubscribe: ask,
    checkUnsubscribe: ask,
    unsubscribe: (call) =>
      withToken(deps, call, "unsubscribe", async (token) =>
        answerUnsubscribe(deps, call, await siteOf(deps, call), token),
      ),
    showPreferences: preferences,
    checkPreferences: preferences,
    savePreferences: (call) =>
      withToken(deps, call, "preferences", async (token) =>
        savePreferences(deps, call, await siteOf(deps, call), token),
      ),
    askToConfirm,
    checkConfirm: askToConfirm,
    confirm: (call) =>
      withToken(deps, call, "confirm", async (token) =>
        answerSubscribe(deps, await siteOf(deps, call), token),
      ),
  };
};

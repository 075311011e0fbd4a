import { RapportError } from "#kernel/errors.ts";
import type { HttpRequest, HttpResponse } from "#runtime/http/http-handler.ts";
import type { LinkDependencies } from "./dependencies.ts";
import { countOpen, followClick } from "./follow.ts";
import { savePreferences, showPreferences } from "./preferences.ts";
import { siteOf, withToken } from "./site.ts";
import { askToUnsubscribe, unsubscribe } from "./unsubscribe.ts";

/** The public links of messages: no key, no cookie; the token in the path says who and what. */
export const answerLink =
  (deps: LinkDependencies) =>
  async (request: HttpRequest): Promise<HttpResponse> => {
    switch (request.route) {
      case "GET /l/{token}":
        return withToken(deps, request, "click", (token) => followClick(deps, request, token));
      case "GET /o/{token}":
        return withToken(deps, request, "open", ({ messageId }) => countOpen(deps, request, messageId));
      case "GET /u/{token}":
        return withToken(deps, request, "unsubscribe", async () =>
          askToUnsubscribe(await siteOf(deps, request)),
        );
      case "POST /u/{token}":
        return withToken(deps, request, "unsubscribe", async (token) =>
          unsubscribe(deps, request, await siteOf(deps, request), token),
        );
      case "GET /p/{token}":
        return withToken(deps, request, "preferences", async (token) =>
          showPreferences(deps, await siteOf(deps, request), token),
        );
      case "POST /p/{token}":
        return withToken(deps, request, "preferences", async (token) =>
          savePreferences(deps, request, await siteOf(deps, request), token),
        );
      default:
        throw new RapportError("not_found", "there is nothing under this path");
    }
  };

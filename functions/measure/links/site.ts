import { readToken } from "#domain/message/token.ts";
import type { LinkToken } from "#domain/message/token-fields.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { asRapportError } from "#runtime/errors.ts";
import { log } from "#runtime/log.ts";
import type { Words } from "#template/words/en.ts";
import { wordsFor } from "#template/words/words.ts";
import type { LinkCall, LinkDependencies } from "./dependencies.ts";
import { page, paragraph } from "./page.ts";

/** Who speaks on the page, and in which language. */
export type Site = {
  readonly about: { readonly brand: string; readonly locale: string };
  readonly words: Words;
  /** What the playbook calls channels in the language. */
  readonly own: Readonly<Record<string, string>>;
  /** What the reader speaks, the best first, then the brand's language. */
  readonly languages: readonly string[];
  readonly playbook: PlaybookDocument | null;
};

/** The languages of Accept-Language as the browser lists them, which is by preference in every browser there is. */
const languagesOf = (request: LinkCall): string[] =>
  (request.headers["accept-language"] ?? "")
    .slice(0, 200)
    .split(",")
    .map((language) => (language.split(";")[0] ?? "").trim());

/** The first language that the reader wants and we speak, else the brand's. Works without a playbook: leaving must always be possible. */
export async function siteOf(deps: LinkDependencies, request: LinkCall): Promise<Site> {
  const playbook = await deps.playbook().catch((error: unknown) => {
    log.warn("page told without a playbook", { code: asRapportError(error).code });
    return null;
  });
  const languages = [...languagesOf(request), playbook?.brand.locale ?? ""];
  const { language, words, own } = wordsFor(languages, playbook?.brand.words);
  return { about: { brand: playbook?.brand.name ?? "", locale: language }, words, own, languages, playbook };
}

/** Reads the token of the path; what is wrong with it becomes a page that says so. */
export async function withToken<Kind extends LinkToken["kind"], Answer>(
  deps: LinkDependencies,
  request: LinkCall,
  kind: Kind,
  act: (token: Extract<LinkToken, { kind: Kind }>) => Promise<Answer>,
) {
  const reading = readToken(await deps.linkKeys(), request.params.token ?? "", deps.clock.now());
  if (reading.result === "valid" && isOf(reading.token, kind)) return act(reading.token);
  const { about, words } = await siteOf(deps, request);
  return reading.result === "expired"
    ? page(410, { ...about, title: words.expired }, paragraph(words.expiredText))
    : page(404, { ...about, title: words.forged }, paragraph(words.forgedText));
}

const isOf = <Kind extends LinkToken["kind"]>(
  token: LinkToken,
  kind: Kind,
): token is Extract<LinkToken, { kind: Kind }> => token.kind === kind;

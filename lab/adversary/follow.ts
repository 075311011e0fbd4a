import type { Shop } from "./shop.ts";

/** What the playbook names; the hub's own links stand on loopback. */
const HOME = /^(127\.0\.0\.1|localhost|(.+\.)?tamarack-finch\.example|parcel\.example|www\.dhl\.de)$/;
const LINK = /https?:\/\/[^"'\s<>)\\]+/g;

/** Whether a link or a redirect leads to a foreign host. */
export const strays = (link: string | null): boolean =>
  link !== null && URL.canParse(link) && !HOME.test(new URL(link).hostname);

type Followed = {
  readonly links: number;
  readonly strayed: readonly string[];
  readonly failed: readonly string[];
};

/** Every link of every mail, followed where it is the hub's own. */
export const followLinks = async (shop: Shop): Promise<Followed> => {
  const strayed: string[] = [];
  const failed: string[] = [];
  const links = new Set(
    (await shop.mails()).flatMap(({ html = "", text }) => `${html} ${text}`.match(LINK) ?? []),
  );
  for (const link of links) {
    const { pathname, hostname } = new URL(link);
    // Names of document types and fonts lead a reader nowhere.
    if (/(^|\.)w3\.org$/.test(hostname)) continue;
    if (strays(link)) strayed.push(`${link} stands in a mail`);
    if (!pathname.startsWith("/l/")) continue;
    const { status, location } = await shop.anybody({ method: "GET", path: pathname });
    if (status >= 500) failed.push(`${status}: GET ${pathname}`);
    if (strays(location)) strayed.push(`${location}: a mail's link`);
  }
  return { links: links.size, strayed, failed };
};

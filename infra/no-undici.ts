/**
 * Takes the place of undici in bundles. cheerio, which MJML brings along twice, would load pages from the network by it;
 * nobody asks it to, and undici was a quarter of what an upload of playbooks needs.
 */
function refuse(): never {
  throw new Error(
    "undici is left out of bundles: nothing is loaded from the network by it (infra/no-undici.ts)",
  );
}

export { refuse as Client, refuse as stream };

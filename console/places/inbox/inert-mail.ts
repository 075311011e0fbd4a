/** What a mail may do: show its own styles and the pictures it carries. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";
const OWN_PICTURES = "img-src data:";
const ALL_PICTURES = "img-src data: https:";

/**
 * A mail as a page for a sandboxed frame. What the page may not do is said before anything of the mail is read: no later word of
 * the mail's can widen it. Pictures from elsewhere come only where `loadsPictures`: each tells its sender that the mail was opened.
 */
export const inertMail = (html: string, loadsPictures: boolean): string =>
  [
    "<!doctype html><html><head><meta charset=utf-8>",
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}; ${loadsPictures ? ALL_PICTURES : OWN_PICTURES}">`,
    '<meta name="referrer" content="no-referrer">',
    "<style>html{background:#fff;color:#17181a;font:14px/1.45 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%}</style>",
    `</head><body>${html}</body></html>`,
  ].join("");

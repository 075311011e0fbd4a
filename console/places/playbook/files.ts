/** How people call the files of a playbook. */
export const GROUPS = ["tables", "actions", "triggers", "policy", "segments", "templates", "others"] as const;
export type Group = (typeof GROUPS)[number];

/** Where a file stands in the list. */
export const groupOf = (path: string): Group => {
  if (path.startsWith("decisions/")) return "tables";
  if (path.startsWith("actions/")) return "actions";
  if (path === "triggers.yaml") return "triggers";
  if (path === "contact-policy.yaml") return "policy";
  if (path === "segments.yaml") return "segments";
  return path.startsWith("templates/") ? "templates" : "others";
};

/** A file's name as people say it: `cart-reminder`, and for templates the channel and language behind it. */
export const titleOf = (path: string): string => {
  const group = groupOf(path);
  const name = path.replace(/\.(yaml|dmn|json)$/, "");
  if (group === "tables" || group === "actions") return name.slice(name.indexOf("/") + 1);
  return group === "templates" ? path.slice("templates/".length) : path;
};

/** A template's file: whose it is, on which channel and in which language; undefined where the brand's own. */
export type TemplatePath = {
  readonly template: string;
  readonly channel: string;
  readonly locale: string | undefined;
};

/** Null: no template, but a piece that templates share, or no file of theirs at all. */
export const templateOf = (path: string): TemplatePath | null => {
  const found =
    /^templates\/([^_/][^/]*)\/([^./]+)(?:\.([A-Za-z]{2}(?:-[A-Za-z0-9]+)*))?\.(?:mjml|html|txt|yaml)$/.exec(
      path,
    );
  if (found === null) return null;
  const [, template = "", channel = "", locale] = found;
  return { template, channel, locale };
};

/** Whether an id is a version's, and not a draft's. */
export const isVersion = (id: string): boolean => id.startsWith("pb_");

import { unescapeAttribute } from "./escape.ts";
import type { Attribute, HtmlToken } from "./scan.ts";

/** Whether text is seen. `isInkless`: its letters have no size, until an element inside gives them one. */
export type Sight = { readonly isHidden: boolean; readonly isInkless: boolean };

export const IN_SIGHT: Sight = { isHidden: false, isInkless: false };

/** Elements whose text is for programs. */
const NEVER_SHOWN = new Set(["head", "style", "script", "title", "template", "svg"]);

type Style = ReadonlyMap<string, string>;

/** The declarations of a style, the last one of each name. Escapes of CSS hide nothing that a mail would need hidden. */
const declarationsOf = (css: string): Style => {
  const found = new Map<string, string>();
  for (const declaration of css.replace(/\/\*[\s\S]*?\*\//g, "").split(";")) {
    const colon = declaration.indexOf(":");
    if (colon === -1) continue;
    const value = declaration.slice(colon + 1).replace(/!\s*important/i, "");
    found.set(declaration.slice(0, colon).trim().toLowerCase(), value.trim().toLowerCase());
  }
  return found;
};

const isNothing = (value: string | undefined): boolean =>
  value !== undefined && /^-?0*\.?0*(?:[a-z]+|%)?$/.test(value) && /0/.test(value);
/** Mails hide by letters of one pixel as well, which nobody can read. */
const isTiny = (value: string): boolean => isNothing(value) || /^(?:0*\.\d+|1)(?:px|pt)$/.test(value);
const isFarAway = (value: string | undefined): boolean =>
  value !== undefined && /^-\d{3,}(?:px|em|rem)?$/.test(value);

/**
 * The usual ways to hide. `mso-hide:all` alone is none of them: it hides from Outlook what everybody else sees, as with
 * buttons that are drawn for Outlook anew.
 */
const hides = (style: Style): boolean => {
  if (style.get("display") === "none" || /^(?:hidden|collapse)$/.test(style.get("visibility") ?? ""))
    return true;
  if (isNothing(style.get("opacity"))) return true;
  const isCut = /^(?:hidden|clip)$/.test(style.get("overflow") ?? "");
  if (isCut && ["height", "max-height", "width", "max-width"].some((name) => isNothing(style.get(name))))
    return true;
  if (
    /^rect\(\s*(?:0|1px)/.test(style.get("clip") ?? "") ||
    /^inset\((?:50|100)%/.test(style.get("clip-path") ?? "")
  )
    return true;
  if (isFarAway(style.get("text-indent"))) return true;
  const isPlaced = /^(?:absolute|fixed)$/.test(style.get("position") ?? "");
  return isPlaced && (isFarAway(style.get("left")) || isFarAway(style.get("top")));
};

/** The style of classes and ids, by selector (`.preheader`, `#preheader`), where the sheet hides all that have it. */
export type HidingClasses = ReadonlySet<string>;

const SIMPLE_SELECTOR = /^(?:[a-z][a-z0-9]*)?([.#][\w-]+)$/i;

/** A sheet without its at-rules: what holds on some screens only is no reason to leave words out. */
const withoutAtRules = (css: string): string => {
  let kept = "";
  let depth = 0;
  let skippedFrom = -1;
  for (const [part] of css.matchAll(/[^{}@;]+|[{}@;]/g)) {
    if (part === "@" && skippedFrom === -1) skippedFrom = depth;
    if (part === "{") depth += 1;
    if (part === "}") depth -= 1;
    if (skippedFrom === -1) kept += part;
    else if (depth <= skippedFrom && (part === "}" || part === ";")) skippedFrom = -1;
  }
  return kept;
};

const hidingIn = (css: string): readonly string[] =>
  withoutAtRules(css.replace(/\/\*[\s\S]*?\*\/|<!--|-->/g, ""))
    .split("}")
    .flatMap((rule) => {
      const brace = rule.indexOf("{");
      if (brace === -1 || !hides(declarationsOf(rule.slice(brace + 1)))) return [];
      const selectors = rule.slice(0, brace).split(",");
      return selectors.flatMap((selector) => SIMPLE_SELECTOR.exec(selector.trim())?.[1] ?? []);
    });

/** What the style sheets of a document hide by class or id. */
export const hidingClasses = (html: string, tokens: readonly HtmlToken[]): HidingClasses => {
  const found = new Set<string>();
  tokens.forEach((token, index) => {
    const text = tokens[index + 1];
    if (token.kind !== "open" || token.name !== "style" || text?.kind !== "text") return;
    for (const selector of hidingIn(html.slice(text.from, text.to))) found.add(selector);
  });
  return found;
};

const selectorsOf = (read: (name: string) => string | undefined): readonly string[] => [
  ...(read("class") ?? "").split(/\s+/).map((name) => `.${name}`),
  `#${read("id") ?? ""}`,
];

/** What is seen inside an element, by what is seen around it. */
export const sightWithin = (
  around: Sight,
  { name, attributes }: { readonly name: string; readonly attributes: readonly Attribute[] },
  classes: HidingClasses,
): Sight => {
  if (around.isHidden || (attributes.length === 0 && !NEVER_SHOWN.has(name))) return around;
  const read = (wanted: string): string | undefined => {
    const value = attributes.find((attribute) => attribute.name === wanted)?.value;
    return value === undefined ? undefined : unescapeAttribute(value);
  };
  const style = declarationsOf(read("style") ?? "");
  const isHidden =
    NEVER_SHOWN.has(name) ||
    read("hidden") !== undefined ||
    hides(style) ||
    (classes.size > 0 && selectorsOf(read).some((selector) => classes.has(selector)));
  const size = style.get("font-size");
  return { isHidden, isInkless: size === undefined ? around.isInkless : isTiny(size) };
};

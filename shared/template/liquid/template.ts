import type { Template } from "liquidjs";
import { Context, Liquid, toValue, toValueSync } from "liquidjs";
import { RapportError } from "#kernel/errors.ts";
import { registerFilters } from "./filters.ts";
import { type OutputMode, TEMPLATE_LIMITS } from "./limits.ts";

/** Where and when, for dates and numbers in templates. */
export type Setting = {
  /** BCP 47 */
  readonly locale: string;
  /** IANA zone */
  readonly timeZone: string;
  /** ISO-8601: what `now` and the date filter's 'now' mean. */
  readonly now: string;
};

type Engine = { readonly liquid: Liquid; readonly parsed: Map<string, readonly Template[]> };

/** Engines differ by mode, locale and zone; parsed templates are kept in their engine. Oldest out. */
const MAX_ENGINES = 64;
const MAX_PARSED = 500;
const engines = new Map<string, Engine>();

const remember = <V>(cache: Map<string, V>, key: string, value: V, limit: number): V => {
  if (cache.size >= limit) {
    const [oldest] = cache.keys();
    if (oldest !== undefined) cache.delete(oldest);
  }
  cache.set(key, value);
  return value;
};

const makeEngine = (mode: OutputMode, locale: string, timeZone: string): Engine => {
  const liquid = new Liquid({
    // Templates reach no file: `render`, `include` and `layout` find nothing.
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    locale,
    timezoneOffset: timeZone,
    parseLimit: TEMPLATE_LIMITS.source,
    renderLimit: TEMPLATE_LIMITS.time,
    memoryLimit: TEMPLATE_LIMITS.memory,
    ...(mode === "html" ? { outputEscape: "escape" as const } : {}),
  });
  registerFilters(liquid, mode, locale);
  return { liquid, parsed: new Map() };
};

const engineFor = (mode: OutputMode, setting: Setting): Engine => {
  const key = `${mode} ${setting.locale} ${setting.timeZone}`;
  return (
    engines.get(key) ??
    remember(engines, key, makeEngine(mode, setting.locale, setting.timeZone), MAX_ENGINES)
  );
};

const parsedOf = (engine: Engine, source: string): readonly Template[] =>
  engine.parsed.get(source) ?? remember(engine.parsed, source, engine.liquid.parse(source), MAX_PARSED);

const asText = (value: unknown): string => {
  const plain: unknown = toValue(value);
  if (plain === null || plain === undefined) return "";
  return Array.isArray(plain) ? plain.map(asText).join("") : String(plain);
};

/** Collects output and stops a template that writes without end. What has no value becomes `gap`. */
class BoundedOutput {
  buffer = "";

  readonly gap: string;

  constructor(gap: string) {
    this.gap = gap;
  }

  write(value: unknown): void {
    const plain: unknown = toValue(value);
    this.buffer += plain === null || plain === undefined ? this.gap : asText(plain);
    if (this.buffer.length > TEMPLATE_LIMITS.output) {
      throw new Error(`output limit exceeded (${TEMPLATE_LIMITS.output} characters)`);
    }
  }
}

/** liquidjs quotes the template below its first line; that line alone names the fault and its place. */
const firstLine = (error: unknown): string =>
  error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : String(error);

/** A Liquid text, how its output is used, and its name for errors: `subject`, `html`. */
export type Source = {
  readonly name: string;
  readonly source: string;
  readonly mode: OutputMode;
  /** Stands where a placeholder has no value. Absent: nothing does. */
  readonly gap?: string;
};

/**
 * Renders one Liquid text.
 * @param scope plain data: the template sees own members only
 * @throws RapportError `template_failed`: does not parse, unknown filter, or past a limit
 */
export function renderLiquid(
  { name, source, mode, gap = "" }: Source,
  scope: Readonly<Record<string, unknown>>,
  setting: Setting,
): string {
  // Most subjects and many texts are plain: nothing to parse.
  if (!source.includes("{{") && !source.includes("{%")) return source;
  try {
    const engine = engineFor(mode, setting);
    const templates = [...parsedOf(engine, source)];
    const context = new Context(
      { ...scope, now: setting.now },
      engine.liquid.options,
      { sync: true },
      { liquid: engine.liquid },
    );
    const output = new BoundedOutput(gap);
    toValueSync(engine.liquid.renderer.renderTemplates(templates, context, output));
    return output.buffer;
  } catch (cause) {
    throw new RapportError("template_failed", `${name}: ${firstLine(cause)}`, { cause });
  }
}

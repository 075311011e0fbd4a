import { isObject } from "#kernel/json.ts";
import { hostOf, withoutPunctuation } from "./address.ts";

/** Tags of Liquid that write nothing: a host that a condition only compares with is none that the text leads to. */
const SILENT_TAG = /\{%-?\s*(?![\s-]|assign|capture|echo|cycle|liquid)[\s\S]*?%\}/g;
/** The host of an address as it stands in a text, and whether Liquid goes on where it ends. */
const WRITTEN = /(?:[\\/]{2,}|(?<![\p{L}\p{N}][@-]?)(?=www\.))([^\s\\/?#"'<>()|,;{}]{1,300})(\{?)/giu;

/** `shop{{ x }}`: what data goes on with is no host yet. */
const isWhole = (host: string, next: string): boolean => next === "" || /[^.]\.[^.]/.test(host);

const hostsIn = (source: string): string[] =>
  [...source.replace(SILENT_TAG, " ").matchAll(WRITTEN)].flatMap(([, written = "", next = ""]) => {
    const host = hostOf(`//${withoutPunctuation(written)}`);
    return host && isWhole(host, next) ? [host] : [];
  });

/** The hosts that texts lead to in so many words, before anything is put into them. Liquid or plain, at any depth of `value`. */
export const hostsWrittenIn = (value: unknown): string[] => {
  if (typeof value === "string") return hostsIn(value);
  if (Array.isArray(value)) return value.flatMap(hostsWrittenIn);
  return isObject(value) ? Object.values(value).flatMap(hostsWrittenIn) : [];
};

/** `shop.example` names one host, `*.shop.example` every host below it. In the spelling of `hostOf`; null: it is neither. */
export const hostPattern = (text: string): string | null => {
  const below = text.startsWith("*.");
  const name = below ? text.slice(2) : text;
  const host = /[/\\?#@:*\s]/.test(name) ? "" : hostOf(`//${name}`);
  if (!host || (below && !host.includes("."))) return null;
  return below ? `*.${host}` : host;
};

/** Whether one of the patterns covers the host. */
export const covers = (patterns: ReadonlySet<string>, host: string): boolean => {
  if (patterns.has(host)) return true;
  for (let dot = host.indexOf("."); dot !== -1; dot = host.indexOf(".", dot + 1)) {
    if (patterns.has(`*${host.slice(dot)}`)) return true;
  }
  return false;
};

import { hostOf } from "#template/links/address.ts";
import type { Admits } from "#template/links/guard.ts";
import { covers, hostPattern, hostsWrittenIn } from "#template/links/hosts.ts";
import type { Brand } from "./document.ts";

type Hosts = ReadonlySet<string>;

/** Brands and templates are the same objects for as long as their version is kept: each is read through once. */
const read = new WeakMap<object, Hosts>();

const once = (of: object, hosts: () => readonly string[]): Hosts => {
  const known = read.get(of) ?? new Set(hosts());
  read.set(of, known);
  return known;
};

/** What `brand` says in any of its fields, its website first, and the hosts that `brand.links` names for what data brings. */
export const hostsOfBrand = (brand: Brand): Hosts =>
  once(brand, () => [
    ...hostsWrittenIn(brand),
    ...(brand.links ?? []).flatMap((link) => hostPattern(link) ?? []),
  ]);

/** What the texts of a template, or of a caller's own content, write out themselves. */
export const hostsOfContent = (content: Readonly<Record<string, unknown>>): Hosts =>
  once(content, () => hostsWrittenIn(content));

/** Whether an address leads to a host that the brand names. */
export const leadsToBrand =
  (brand: Brand): Admits =>
  (address) =>
    covers(hostsOfBrand(brand), hostOf(address) ?? "");

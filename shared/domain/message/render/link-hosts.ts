import { type LinkGuard, linkGuard } from "#template/links/guard.ts";
import { hostPattern, hostsWrittenIn } from "#template/links/hosts.ts";
import type { Brand } from "../../playbook/model/document.ts";

/** Brands and templates are the same objects for as long as their version is kept: each is read through once. */
const read = new WeakMap<object, readonly string[]>();

const once = (of: object, hosts: () => readonly string[]): readonly string[] => {
  const known = read.get(of) ?? hosts();
  read.set(of, known);
  return known;
};

/** What `brand` says in any of its fields, its website first, and the hosts that `brand.links` names for what data brings. */
const hostsOfBrand = (brand: Brand): readonly string[] => [
  ...hostsWrittenIn(brand),
  ...(brand.links ?? []).flatMap((link) => hostPattern(link) ?? []),
];

/**
 * Keeps the links of one message to the hosts that the playbook names: those of the brand, and those that the content
 * writes out itself. What data says leads nowhere else (docs/decisions/0030).
 * @param own pages of the hub about this message
 */
export const guardFor = (
  brand: Brand,
  content: Readonly<Record<string, unknown>>,
  own: readonly string[],
): LinkGuard =>
  linkGuard(
    new Set([...once(brand, () => hostsOfBrand(brand)), ...once(content, () => hostsWrittenIn(content))]),
    own,
  );

import { lookup as resolve } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Networks that no stranger may have us call: our own, the machine's, what hands out credentials (RFC 6890 and its registry). */
const NOT_PUBLIC_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
/** Of IPv6 only `2000::/3` is public at all; of that not these, some of which hold an address of IPv4 that nobody looked at. */
const NOT_PUBLIC_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const listOf = (networks: readonly string[], type: "ipv4" | "ipv6"): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits = ""] = network.split("/");
    list.addSubnet(address, Number(bits), type);
  }
  return list;
};
const closedV4 = listOf(NOT_PUBLIC_V4, "ipv4");
const closedV6 = listOf(NOT_PUBLIC_V6, "ipv6");
const openV6 = listOf(["2000::/3"], "ipv6");

/** Whether an IP address, of either version, is one of the public network. */
export const isPublic = (address: string): boolean => {
  const version = isIP(address);
  if (version === 4) return !closedV4.check(address, "ipv4");
  return version === 6 && openV6.check(address, "ipv6") && !closedV6.check(address, "ipv6");
};

/** What a call fails with whose target is none of the public network. */
export class NotPublicError extends Error {
  override readonly name = "NotPublicError";
}

/**
 * Resolves a name for a connection, which is made to what is found here and to nothing else: who answers otherwise a moment
 * later gains nothing. One address that is not public is enough to refuse the name.
 */
export const lookupPublic: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, []);
    const [first] = addresses;
    if (first === undefined || !addresses.every(({ address }) => isPublic(address)))
      return done(new NotPublicError("the name leads to an address that is not public"), []);
    return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
  });
};

/** Host of a URL, as it is connected to: an address without its brackets, which no name is looked up for. */
export const literalOf = ({ hostname }: URL): string | undefined => {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return isIP(bare) === 0 ? undefined : bare;
};

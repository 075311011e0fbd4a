import { readEnv } from "./env.ts";
import { NO_DOMAIN } from "./names.ts";

/** Domains whose mail comes to this hub; `*`: that of any, where answers are asked for. Read at init. */
export const inboundDomains = (): readonly string[] => {
  const { inboundDomains: written } = readEnv("inboundDomains");
  return written === NO_DOMAIN ? [] : written.split(",").map((domain) => domain.trim().toLowerCase());
};

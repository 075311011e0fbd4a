/** The places of the console, in the order in which they stand at the side. */
export const PLACES = [
  { name: "today", path: "/", keys: "g t" },
  { name: "customers", path: "/customers", keys: "g c" },
  { name: "playbook", path: "/playbook", keys: "g p" },
  { name: "outcomes", path: "/outcomes", keys: "g o" },
  { name: "settings", path: "/settings", keys: "g s" },
] as const;
export type Place = (typeof PLACES)[number];

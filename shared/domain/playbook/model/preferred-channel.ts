import type { PreferredChannel } from "./document.ts";

/** The preference where the playbook declares none: the trait to read, and how many times as much its channel counts. */
export const USUAL_PREFERENCE: PreferredChannel = { trait: "preferredChannel", weight: 2 };

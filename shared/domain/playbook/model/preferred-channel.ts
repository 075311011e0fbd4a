import type { PreferredChannel } from "./document.ts";

/** Where a customer's own channel stands unless the playbook says otherwise, and how many times as much it counts there. */
export const USUAL_PREFERENCE: PreferredChannel = { trait: "preferredChannel", weight: 2 };

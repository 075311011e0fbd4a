import type { Role } from "./data.ts";

/** Each role with what somebody in it is here for, as check boxes show it. */
export const rolesIn = (about: Readonly<Record<Role, string>>) =>
  (Object.keys(about) as Role[]).map((name) => ({ name, about: about[name] }));

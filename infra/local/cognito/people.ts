import { createHash } from "node:crypto";
import { ROLES, type Role } from "#runtime/http/roles.ts";

/** Somebody who can log in to a hub that is tried out. */
export type SamplePerson = {
  /** Cognito's `sub`. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** What somebody in this role is here for. */
  readonly about: string;
};

const WHO: Readonly<Record<Role, readonly [name: string, about: string]>> = {
  viewer: ["Vito Brandt", "looks, and changes nothing"],
  analyst: ["Anouk Duval", "asks what works, and simulates"],
  editor: ["Edda Nyberg", "writes rules and texts"],
  marketer: ["Mara Lindqvist", "decides what goes live"],
  agent: ["Aiko Tanaka", "speaks with customers, and sees their addresses"],
  privacy: ["Priya Raman", "answers for people's rights"],
  admin: ["Ada Okafor", "looks after keys and people"],
};

/** The form of a UUID, the same at every start. */
const idOf = (role: Role): string =>
  createHash("sha256")
    .update(`sample person ${role}`)
    .digest("hex")
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");

/** One in each role. */
export const SAMPLE_PEOPLE: readonly SamplePerson[] = ROLES.map((role) => {
  const [name, about] = WHO[role];
  const [first = ""] = name.toLowerCase().split(" ");
  return { id: idOf(role), name, email: `${first}@tamarack.example`, role, about };
});

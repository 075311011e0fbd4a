import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { ROLES, type Role } from "#runtime/http/roles.ts";
import type { Settings } from "../state/settings.ts";

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

const LocalPerson = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.enum(ROLES)),
  isEnabled: z.boolean(),
  /** They were invited, and have not logged in yet. */
  isInvited: z.boolean(),
  /** What they are here for, of sample people. */
  about: z.string(),
});
/** Somebody in the user pool of a hub that is tried out. */
export type LocalPerson = z.output<typeof LocalPerson>;

/** Who is in the user pool: the sample people, as they were changed, and who was invited. */
export type PeopleBook = {
  readonly all: () => readonly LocalPerson[];
  readonly find: (id: string | undefined) => LocalPerson | null;
  readonly put: (person: LocalPerson) => void;
};

const SETTING = "cognito-people";
const Kept = z.array(LocalPerson);

const sampleOf = ({ role, ...person }: SamplePerson): LocalPerson => ({
  ...person,
  roles: [role],
  isEnabled: true,
  isInvited: false,
});

/** Kept with the state, as the data is: it outlives a restart. */
export function createPeopleBook(settings: Settings): PeopleBook {
  const all = (): readonly LocalPerson[] => {
    const kept = z.parse(Kept, JSON.parse(settings.get(SETTING) ?? "[]"));
    const people = [...SAMPLE_PEOPLE.map(sampleOf), ...kept];
    return [...new Map(people.map((person) => [person.id, person])).values()];
  };
  return {
    all,
    find: (id) => all().find((person) => person.id === id) ?? null,
    put: (person) => {
      const others = all().filter(({ id }) => id !== person.id);
      settings.set(SETTING, JSON.stringify([...others, person]));
    },
  };
}

import type { StateDatabase } from "./database.ts";
import type { Settings } from "./settings.ts";

/** What a state is for: its keys are known to everybody, or to its owner alone. */
export type Purpose = "trial" | "serving";

const PURPOSE = "purpose";

const OTHER_FOLDER: Readonly<Record<Purpose, string>> = {
  trial: "npm start opens it to everybody on this machine",
  serving: "everybody knows its keys, and its clock may have been turned",
};

/**
 * Keeps the two kinds of state apart.
 * @throws Error that says what to do when the state was made for the other purpose
 */
export function checkPurpose(
  database: Pick<StateDatabase, "prepare">,
  settings: Settings,
  purpose: Purpose,
): void {
  const isNew = database.prepare("SELECT 1 FROM settings LIMIT 1").get() === undefined;
  // A state of the release before says nothing: it was made by `npm start`.
  const made = settings.get(PURPOSE) ?? (isNew ? purpose : "trial");
  if (made !== purpose) {
    const maker = made === "trial" ? "npm start" : "npm run serve";
    throw new Error(
      `this state was made by ${maker}, and ${OTHER_FOLDER[purpose]}: choose another folder with --state`,
    );
  }
  settings.set(PURPOSE, purpose);
}

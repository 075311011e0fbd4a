import { expectedOneOf } from "#kernel/suggest.ts";
import type { Draft, Report } from "../read/sources.ts";

/** The trait that names a customer's channel must be one that can: declared, a text, in the decision log, a channel by default. */
export const checkPreferredChannel = ({ sources, document }: Draft, report: Report): void => {
  const { playbook, dataModel } = sources;
  const { preferredChannel } = playbook.value;
  if (preferredChannel === undefined) return;
  const { trait: name } = preferredChannel;
  const place = playbook.file.at(["preferredChannel", "trait"]);
  const { traits } = document.dataModel;
  const trait = traits.find((declared) => declared.name === name);
  if (trait === undefined) {
    const expected = expectedOneOf(
      name,
      traits.flatMap((declared) => (declared.type === "string" ? [declared.name] : [])),
    );
    report.error(place, "unknown-trait", `There is no trait "${name}" in data-model.yaml`, expected);
    return;
  }
  if (trait.type !== "string") {
    const message = `${name} is declared as ${trait.type}, but a channel has a name`;
    report.error(place, "wrong-type", message, "a trait of the type string");
  }
  if (trait.personal === true) {
    const message = `${name} is personal, so the decision log has not its value and no decision could be replayed`;
    report.error(place, "contradiction", message, "a trait that is not personal");
  }
  const channels = Object.keys(playbook.value.channels);
  const { default: usual } = trait;
  if (usual === undefined || (typeof usual === "string" && channels.includes(usual))) return;
  report.error(
    dataModel.file.at(["traits", name, "default"]),
    "unknown-channel",
    `${name} names the preferred channel, and there is no channel ${JSON.stringify(usual)}`,
    expectedOneOf(String(usual), channels),
  );
};

import { actionName } from "../build/build-action.ts";
import { CUSTOMER_FIELDS } from "../model/known.ts";
import type { Draft, PlaybookPlace, Report } from "../read/sources.ts";

/** Names that would mean two things: `customer.x` is one value, an action's name leads to one action. */
export const checkNames = ({ sources, document }: Draft, report: Report): void => {
  const { dataModel, segments, contactPolicy } = sources;
  const fields = new Map<string, string>(CUSTOMER_FIELDS.map((name) => [name, "a field of every customer"]));
  const claim = (name: string, kind: string, place: PlaybookPlace) => {
    const taken = fields.get(name);
    if (taken) {
      const message = `"${name}" is ${taken} already, so customer.${name} would mean two things`;
      report.error(place, "duplicate-name", message, "a name of its own");
    }
    fields.set(name, kind);
  };
  for (const name of Object.keys(dataModel.value.traits ?? {})) {
    claim(name, "a trait", dataModel.file.atKey(["traits", name]));
  }
  for (const name of Object.keys(dataModel.value.computed ?? {})) {
    claim(name, "a computed trait", dataModel.file.atKey(["computed", name]));
  }
  for (const name of Object.keys(segments.value)) claim(name, "a segment", segments.file.atKey([name]));

  once(report, "action", sources.actions, (action) => ({
    name: actionName(action),
    place: action.value.name === undefined ? action.file.at([]) : action.file.at(["name"]),
  }));
  once(report, "cap", contactPolicy.value.caps ?? [], ({ name }, index) => ({
    name,
    place: contactPolicy.file.at(["caps", index, "name"]),
  }));
  const treatments = document.actions.flatMap((action, index) =>
    action.treatments.map((treatment, position) => ({ ...treatment, index, position })),
  );
  once(report, "treatment", treatments, ({ name, channel, index, position }) => ({
    name: `${name} (${channel})`,
    place: sources.actions[index]?.file.at(["treatments", position]) ?? sources.playbook.file.at([]),
  }));
};

const once = <T>(
  report: Report,
  kind: string,
  items: readonly T[],
  identify: (item: T, index: number) => { readonly name: string; readonly place: PlaybookPlace },
): void => {
  const first = new Map<string, PlaybookPlace>();
  items.forEach((item, index) => {
    const { name, place } = identify(item, index);
    const other = first.get(name);
    if (other) {
      const message = `There is another ${kind} "${name}" in ${other.file}, line ${other.line}`;
      report.error(place, "duplicate-name", message, `each ${kind} once`);
    } else first.set(name, place);
  });
};

import { TAKEN, TURNED_DOWN } from "../customer/responses.ts";
import type { PlaybookDocument } from "../playbook/model/document.ts";
import { MESSAGE_OUTCOMES, OUTCOME_EVENT, USUAL_OUTCOMES } from "../playbook/model/known.ts";
import { EXPOSURES } from "../playbook/model/learning.ts";

const USUAL = [
  ...USUAL_OUTCOMES,
  ...TAKEN,
  ...TURNED_DOWN,
  ...EXPOSURES,
  ...MESSAGE_OUTCOMES,
  "unsubscribed",
];

/** Events that something in the playbook waits for or counts. */
const eventsIn = ({ dataModel, experiments = [], triggers }: PlaybookDocument): readonly string[] => [
  ...dataModel.events.map(({ name }) => name),
  ...dataModel.computed.map(({ event }) => event),
  ...triggers.flatMap(({ on, unless }) => [on, ...unless]),
  ...experiments.flatMap(({ goals }) => Object.keys(goals)),
];

/**
 * Outcomes that have a meaning, by themselves or to some part of the playbook. Any other is kept on the timeline like
 * these, but has no effect: most often its name is misspelt.
 */
export const outcomesKnownTo = (document: PlaybookDocument): readonly string[] => {
  const { actions, contactPolicy, learning } = document;
  const reported = eventsIn(document).filter((event) => event.startsWith(OUTCOME_EVENT));
  return [
    ...new Set([
      ...USUAL,
      ...Object.keys(learning?.outcomes ?? {}),
      ...contactPolicy.coolDowns.map(({ outcome }) => outcome),
      ...actions.flatMap(({ requires = [] }) => requires.map(({ outcome }) => outcome)),
      ...reported.map((event) => event.slice(OUTCOME_EVENT.length)),
    ]),
  ];
};

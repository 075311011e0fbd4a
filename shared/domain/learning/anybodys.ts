import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { PlaybookDocument } from "../playbook/model/document.ts";

/*
 * Whoever has a write key can ask for as many slots, under as many names, as they like, and click on all of them. What
 * public keys report therefore teaches a model of its own, which is asked for those alone who speak by a public key.
 */

/** The model that outcomes teach which anybody can report. */
export const anybodysModel = (model: string): string => `${model}-anybody`;

/** Whether the playbook lets public keys teach what everybody is shown. */
const trustsAnybody = ({ dataModel }: PlaybookDocument): boolean => dataModel.publicKeys?.outcomes === "any";

const variants = new WeakMap<CompiledPlaybook, CompiledPlaybook>();

/** The playbook as it decides for whom nobody proves to be who they say: it has learnt from their like, and from nobody else. */
export const forAnybody = (playbook: CompiledPlaybook): CompiledPlaybook => {
  const { learning, document } = playbook;
  if (learning === undefined || trustsAnybody(document)) return playbook;
  const known = variants.get(playbook);
  if (known !== undefined) return known;
  const made = { ...playbook, learning: { ...learning, model: anybodysModel(learning.model) } };
  variants.set(playbook, made);
  return made;
};

/**
 * The model that an outcome of a decision teaches; null: none. A public key teaches nothing about what was decided for
 * whom it cannot prove to be.
 * @param decidedBy the model that the decision was made with
 * @param standing whose word the outcome is; absent: the hub's own, or the company's
 */
export const modelTaught = (
  document: PlaybookDocument,
  decidedBy: string | undefined,
  standing: "public" | undefined,
): string | null => {
  const model = document.learning?.model;
  if (model === undefined) return null;
  if (decidedBy === anybodysModel(model)) return decidedBy;
  return decidedBy === model && (standing === undefined || trustsAnybody(document)) ? model : null;
};

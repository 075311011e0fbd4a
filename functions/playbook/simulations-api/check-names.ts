import { preparedPlaybook } from "#domain/decision/prepared/playbook.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { MESSAGE_OUTCOMES, RESERVED_EVENTS, USUAL_OUTCOMES } from "#domain/playbook/model/known.ts";
import { MESSAGES_PLACEMENT } from "#domain/records/decision.ts";
import { type FieldError, wrongFields } from "#kernel/errors.ts";
import { expectedOneOf, suggest } from "#kernel/suggest.ts";
import type { SimulationRequest } from "./operations.ts";

/** A list of ten thousand profiles with the same mistake is told of it a few times. */
const MOST_ERRORS = 20;

const namesIn = (
  documents: readonly PlaybookDocument[],
  of: (document: PlaybookDocument) => readonly string[],
): readonly string[] => [...new Set(documents.flatMap(of))];

/**
 * Names that neither the live version nor the one to try knows: a simulation of nothing looks like one without changes.
 * Throws `invalid_request` with what was probably meant.
 */
export const checkNames = (
  { placement, placements = [], profiles = [], goal }: SimulationRequest,
  live: CompiledPlaybook,
  tried: CompiledPlaybook,
): void => {
  const documents = [live.document, tried.document];
  const errors: FieldError[] = [];
  const check = (path: string, known: readonly string[], name: string): void => {
    if (known.includes(name)) return;
    errors.push({ path, expected: expectedOneOf(name, known), got: "an unknown name" });
  };

  const known = namesIn(documents, (document) => document.placements.map(({ name }) => name));
  const asked = placements.map((name, index) => ({ name, path: `placements.${index}` }));
  // Messages asked for by name stand in the log at a placement of their own.
  if (placement !== undefined && placement !== MESSAGES_PLACEMENT)
    asked.push({ name: placement, path: "placement" });
  for (const { name, path } of asked) {
    if (!preparedPlaybook(live).knowsPlacement(name) && !preparedPlaybook(tried).knowsPlacement(name))
      check(path, known, name);
  }

  const declared = namesIn(documents, ({ dataModel }) => dataModel.events.map(({ name }) => name));
  const events = [...declared, ...RESERVED_EVENTS];
  const goals = [...MESSAGE_OUTCOMES, ...USUAL_OUTCOMES, "shown", ...events];
  const meant = goal === undefined || goals.includes(goal.outcome) ? undefined : suggest(goal.outcome, goals);
  if (meant !== undefined)
    errors.push({ path: "goal.outcome", expected: `did you mean "${meant}"?`, got: "an unusual outcome" });

  const traits = namesIn(documents, ({ dataModel }) => dataModel.traits.map(({ name }) => name));
  const computed = namesIn(documents, ({ dataModel }) => dataModel.computed.map(({ name }) => name));
  const channels = namesIn(documents, ({ brand }) => brand.channelPreference);
  profiles.forEach((profile, index) => {
    if (errors.length >= MOST_ERRORS) return;
    const at = `profiles.${index}`;
    for (const name of Object.keys(profile.traits ?? {})) check(`${at}.traits.${name}`, traits, name);
    for (const name of Object.keys(profile.computed ?? {})) check(`${at}.computed.${name}`, computed, name);
    profile.channels?.forEach((name, place) => {
      check(`${at}.channels.${place}`, channels, name);
    });
    if (profile.event !== undefined) check(`${at}.event.name`, events, profile.event.name);
  });
  if (errors.length > 0) throw wrongFields(errors);
};

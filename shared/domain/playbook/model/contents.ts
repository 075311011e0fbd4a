import type { PlaybookDocument } from "./document.ts";

/** What may be said where, by name: what one chooses from to look at a playbook. */
export type PlaybookContents = {
  readonly actions: readonly {
    readonly action: string;
    readonly category: string;
    readonly placements: readonly string[];
    readonly treatments: readonly {
      readonly treatment: string;
      readonly channel: string;
      /** The languages it is written in; none where it has one text for all. */
      readonly locales: readonly string[];
    }[];
  }[];
  /** Every slot that asks for decisions; a trigger's is `trigger.<trigger>`. */
  readonly placements: readonly string[];
};

/** Lists the contents of a version. */
export const contentsOf = ({ actions, templates, placements }: PlaybookDocument): PlaybookContents => ({
  actions: actions.map((action) => ({
    action: action.name,
    category: action.category,
    placements: action.placements,
    treatments: action.treatments.map(({ name, channel, template }) => ({
      treatment: name,
      channel,
      locales: Object.keys(templates[`${template}/${channel}`] ?? {}),
    })),
  })),
  placements: [
    ...new Set([...placements.map(({ name }) => name), ...actions.flatMap((action) => action.placements)]),
  ].sort(),
});

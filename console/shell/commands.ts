import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { playbookQuery } from "#console/data/playbook.ts";
import { entriesNamed, entriesOf } from "#console/data/playbook-names.ts";
import { useMay } from "#console/data/session.ts";
import { useWords } from "#console/words/language.tsx";
import { usePlaces } from "./places.ts";
import { shellWords } from "./words.ts";

export type Command = {
  readonly title: string;
  /** What it is, beside its name. */
  readonly about?: string;
  readonly keys?: string;
  readonly run: () => void;
};

/** What nothing but an identifier looks like: a mail address, a number, a type before its value. */
const IDENTIFIER = /[@:]|^\+?[\d ()/-]{5,}$/;

/** What the live playbook calls so. */
const usePlaybookCommands = (typed: string): readonly Command[] => {
  const { words } = useWords(shellWords);
  const navigate = useNavigate();
  const playbook = useQuery({ ...playbookQuery(), enabled: useMay("showPlaybook") });
  const entries = useMemo(
    () => (playbook.data === undefined ? [] : entriesOf(playbook.data)),
    [playbook.data],
  );
  const version = playbook.data?.version ?? "";
  return entriesNamed(entries, typed).map(({ kind, name, about, file }) => ({
    title: name,
    about: [words.kinds[kind], about].filter(Boolean).join(" · "),
    run: () => void navigate({ to: "/playbook/$draftId", params: { draftId: version }, search: { file } }),
  }));
};

/** Places and what the playbook calls so; whatever is typed may be a customer, too. What it most likely is stands first. */
export const useCommands = (typed: string): readonly Command[] => {
  const { words } = useWords(shellWords);
  const navigate = useNavigate();
  const text = typed.trim();
  const inPlaybook = usePlaybookCommands(text);
  const places = usePlaces()
    .filter(({ name }) => words.places[name].toLowerCase().includes(text.toLowerCase()))
    .map(
      ({ name, path, keys }): Command => ({
        title: words.goTo(words.places[name]),
        keys,
        run: () => void navigate({ to: path }),
      }),
    );
  if (text.length < 3) return [...places, ...inPlaybook];
  const find: Command = {
    title: words.findCustomer(text),
    // What is searched for travels beside the address: addresses are kept by browsers, and it is about somebody.
    run: () => void navigate({ to: "/customers", state: { find: text } }),
  };
  return IDENTIFIER.test(text) ? [find, ...places, ...inPlaybook] : [...places, ...inPlaybook, find];
};

import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useId, useState } from "react";
import { Dialog } from "#console/ui/dialog.tsx";
import { Kbd } from "#console/ui/kbd.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import styles from "./command-menu.module.css";
import { PLACES } from "./places.ts";
import { shellWords } from "./words.ts";

type Command = {
  readonly name: string;
  readonly title: string;
  readonly keys?: string;
  readonly run: () => void;
};

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Goes anywhere, and finds customers, by what is typed: a combobox over a list. */
export const CommandMenu = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => {
  const { words } = useWords(shellWords);
  const { words: usual } = useWords(everywhere);
  return (
    <Dialog title={words.search} closeLabel={usual.close} open={open} onClose={onClose}>
      <Commands onDone={onClose} />
    </Dialog>
  );
};

/** Places whose name holds what is typed; whatever is typed may be a customer, too. */
const useCommands = (typed: string): readonly Command[] => {
  const { words } = useWords(shellWords);
  const navigate = useNavigate();
  const text = typed.trim();
  const places = PLACES.filter(({ name }) =>
    words.places[name].toLowerCase().includes(text.toLowerCase()),
  ).map(
    ({ name, path, keys }): Command => ({
      name,
      title: words.goTo(words.places[name]),
      keys,
      run: () => void navigate({ to: path }),
    }),
  );
  if (text.length < 3) return places;
  const find: Command = {
    name: "find",
    title: words.findCustomer(text),
    // What is searched for travels beside the address: addresses are kept by browsers, and it is about somebody.
    run: () => void navigate({ to: "/customers", state: { find: text } }),
  };
  return [...places, find];
};

const Commands = ({ onDone }: { readonly onDone: () => void }) => {
  const { words } = useWords(shellWords);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const commands = useCommands(typed);
  const chosen = commands[Math.min(at, commands.length - 1)];
  const run = (command: Command | undefined): void => {
    if (command === undefined) return;
    onDone();
    command.run();
  };
  const press = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step !== undefined) setAt((at + step + commands.length) % Math.max(1, commands.length));
    else if (event.key === "Enter") run(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        className={styles.input}
        role="combobox"
        aria-label={words.search}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={chosen === undefined ? undefined : `${id}-${chosen.name}`}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
        // biome-ignore lint/a11y/noAutofocus: it opens because somebody wants to type
        autoFocus
      />
      <div id={id} role="listbox" aria-label={words.search} className={styles.list}>
        {commands.map((command) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's
          <div
            key={command.name}
            id={`${id}-${command.name}`}
            role="option"
            tabIndex={-1}
            aria-selected={command === chosen}
            className={styles.command}
            onClick={() => run(command)}
          >
            <span>{command.title}</span>
            {command.keys !== undefined && <Kbd keys={command.keys} />}
          </div>
        ))}
      </div>
      <p className={styles.hint} role="status">
        {commands.length === 0 ? words.noCommand : words.searchHint}
      </p>
    </>
  );
};

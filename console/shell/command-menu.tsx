import { type KeyboardEvent, useId, useState } from "react";
import { Dialog } from "#console/ui/dialog.tsx";
import { Kbd } from "#console/ui/kbd.tsx";
import look from "#console/ui/look.module.css";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import styles from "./command-menu.module.css";
import { type Command, useCommands } from "./commands.ts";
import { shellWords } from "./words.ts";

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

const Commands = ({ onDone }: { readonly onDone: () => void }) => {
  const { words } = useWords(shellWords);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const commands = useCommands(typed);
  const place = Math.min(at, commands.length - 1);
  const chosen = commands[place];
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
        aria-activedescendant={chosen === undefined ? undefined : `${id}-${place}`}
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
        {commands.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's
          <div
            key={`${command.about} ${command.title}`}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={command === chosen}
            className={styles.command}
            onClick={() => run(command)}
          >
            <bdi>{command.title}</bdi>
            {command.about !== undefined && <span className={styles.about}>{command.about}</span>}
            {command.keys !== undefined && <Kbd keys={command.keys} />}
          </div>
        ))}
      </div>
      <p className={look.small} role="status">
        {commands.length === 0 ? words.noCommand : words.searchHint}
      </p>
    </>
  );
};

import { Dialog } from "#console/ui/dialog.tsx";
import { Kbd } from "#console/ui/kbd.tsx";
import { Facts } from "#console/ui/panel.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { usePlaces } from "./places.ts";
import { shellWords } from "./words.ts";

/** What the keys do. */
export const KeysDialog = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => {
  const { words } = useWords(shellWords);
  const { words: usual } = useWords(everywhere);
  const places = usePlaces();
  return (
    <Dialog title={words.keysTitle} closeLabel={usual.close} open={open} onClose={onClose}>
      <Facts
        facts={[
          [words.keys.menu, <Kbd key="menu" keys="Ctrl K" />],
          [words.keys.find, <Kbd key="find" keys="/" />],
          ...places.map(
            ({ name, keys }) => [words.goTo(words.places[name]), <Kbd key={name} keys={keys} />] as const,
          ),
          [words.keys.move, <Kbd key="move" keys="j k" />],
          [words.keys.why, <Kbd key="why" keys="w" />],
          [words.keys.back, <Kbd key="back" keys="Esc" />],
          [words.keys.help, <Kbd key="help" keys="?" />],
        ]}
      />
    </Dialog>
  );
};

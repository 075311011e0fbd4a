import { useState } from "react";
import { logOut, type Me } from "#console/data/session.ts";
import { Button } from "#console/ui/button.tsx";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "#console/ui/menu.tsx";
import { LANGUAGES } from "#console/words/catalogue.ts";
import { useLanguage, useWords } from "#console/words/language.tsx";
import styles from "./shell.module.css";
import { keptTheme, THEMES, wearTheme } from "./theme.ts";
import { shellWords } from "./words.ts";

/** Languages are called as their speakers call them. */
const LANGUAGE_NAMES = { en: "English", de: "Deutsch" } as const;

/** Who is logged in, and how the console looks and speaks for them. */
export const PersonMenu = ({ me }: { readonly me: Me }) => {
  const { words, formats } = useWords(shellWords);
  const { language, speak } = useLanguage();
  const [theme, setTheme] = useState(keptTheme);
  const name = me.name === "" ? words.you : me.name;
  return (
    <Menu
      label={formats.list(me.roles)}
      trigger={
        <Button look="plain" className={styles.person}>
          <span className={styles.avatar} aria-hidden="true">
            {[...name][0]?.toUpperCase()}
          </span>
          <span className={styles.name}>{name}</span>
        </Button>
      }
    >
      {THEMES.map((one) => (
        <MenuChoice
          key={one}
          chosen={one === theme}
          onSelect={() => {
            setTheme(one);
            wearTheme(one);
          }}
        >
          {words.theme[one]}
        </MenuChoice>
      ))}
      <MenuSeparator />
      {LANGUAGES.map((one) => (
        <MenuChoice key={one} chosen={one === language} onSelect={() => speak(one)}>
          <span lang={one}>{LANGUAGE_NAMES[one]}</span>
        </MenuChoice>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={() => void logOut()}>{words.signOut}</MenuItem>
    </Menu>
  );
};

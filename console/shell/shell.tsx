import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { meQuery } from "#console/data/session.ts";
import { Button } from "#console/ui/button.tsx";
import { Kbd } from "#console/ui/kbd.tsx";
import { useKeys } from "#console/ui/keys.ts";
import { LateNotice } from "#console/ui/late-notice.tsx";
import { SessionNotice } from "#console/ui/session-notice.tsx";
import { Toasts } from "#console/ui/toast.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { CommandMenu } from "./command-menu.tsx";
import icon from "./icon.svg";
import { KeysDialog } from "./keys-dialog.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { usePlaces } from "./places.ts";
import styles from "./shell.module.css";
import { shellWords } from "./words.ts";

/** What stands around every page: the places at the side, search, who is logged in, and what has to be said to them. */
export const Shell = () => {
  const { words } = useWords(shellWords);
  const { words: usual } = useWords(everywhere);
  const navigate = useNavigate();
  const me = useQuery(meQuery);
  const places = usePlaces();
  const [open, setOpen] = useState<"commands" | "keys" | null>(null);
  useKeys({
    "mod+k": () => setOpen("commands"),
    "/": () => setOpen("commands"),
    "?": () => setOpen("keys"),
    ...Object.fromEntries(places.map(({ path, keys }) => [keys, () => void navigate({ to: path })])),
  });
  const list = useRef<HTMLUListElement>(null);
  const { pathname } = useLocation();
  // On a phone the places stand in a row that is longer than the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: where one goes is seen
  useEffect(() => {
    list.current
      ?.querySelector("[data-status=active]")
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [pathname, places.length]);
  const close = (): void => setOpen(null);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {words.toContent}
      </a>
      <nav className={styles.side} aria-label={words.placesLabel}>
        <div className={styles.brand}>
          <img src={icon} alt="" />
          <span>Rapport</span>
        </div>
        <Button className={styles.search} onClick={() => setOpen("commands")}>
          <span>{words.search}</span>
          <Kbd keys="/" />
        </Button>
        <ul ref={list} className={styles.places}>
          {places.map(({ name, path, keys }) => (
            <li key={name}>
              <Link to={path} className={styles.place} activeOptions={{ exact: path === "/" }}>
                {words.places[name]}
                <span className={styles.keys}>
                  <Kbd keys={keys} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
        <div className={styles.foot}>{me.data != null && <PersonMenu me={me.data} />}</div>
      </nav>
      <main id="content" className={styles.content} tabIndex={-1}>
        <SessionNotice />
        <LateNotice />
        <Outlet />
      </main>
      <CommandMenu open={open === "commands"} onClose={close} />
      <KeysDialog open={open === "keys"} onClose={close} />
      <Toasts closeLabel={usual.close} />
    </div>
  );
};

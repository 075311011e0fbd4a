import { type ReactNode, useState } from "react";
import { Button } from "#console/ui/button.tsx";
import look from "#console/ui/look.module.css";
import { useWords } from "#console/words/language.tsx";
import { inertMail } from "./inert-mail.ts";
import styles from "./message.module.css";
import { inboxWords } from "./words.ts";

/** A customer's mail: its text, and on wish as it came, in a frame where nothing runs and nothing is fetched until asked. */
export const MailFrame = ({ html, children }: { readonly html: string; readonly children: ReactNode }) => {
  const { words } = useWords(inboxWords);
  const [shown, setShown] = useState<"text" | "mail" | "remote">("text");
  return (
    <>
      {shown === "text" ? (
        children
      ) : (
        <iframe
          title={words.original}
          sandbox=""
          referrerPolicy="no-referrer"
          srcDoc={inertMail(html, shown === "remote")}
          className={styles.frame}
        />
      )}
      <p className={styles.frameActs}>
        <Button onClick={() => setShown(shown === "text" ? "mail" : "text")}>
          {shown === "text" ? words.showMail : words.hideMail}
        </Button>
        {shown === "mail" && (
          <>
            <Button onClick={() => setShown("remote")}>{words.loadRemote}</Button>
            <span className={look.small}>{words.remoteHeld}</span>
          </>
        )}
      </p>
    </>
  );
};

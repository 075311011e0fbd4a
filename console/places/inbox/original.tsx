import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { bytesOf } from "#console/data/api.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Button } from "#console/ui/button.tsx";
import look from "#console/ui/look.module.css";
import { useWords } from "#console/words/language.tsx";
import { inertMail } from "./inert-mail.ts";
import styles from "./message.module.css";
import { type Original, readOriginal } from "./read-original.ts";
import { inboxWords } from "./words.ts";

type OriginalProps = { readonly conversationId: string; readonly seq: number };

/** A customer's message as it came, on wish: the text above it is what is left when quotes and signatures are cut away. */
export const OriginalOf = (props: OriginalProps) => {
  const { words } = useWords(inboxWords);
  const [isShown, setShown] = useState(false);
  return (
    <>
      {isShown && <Fetched {...props} />}
      <p>
        <Button look="plain" className={styles.small} onClick={() => setShown(!isShown)}>
          {isShown ? words.hideOriginal : words.showOriginal}
        </Button>
      </p>
    </>
  );
};

const Fetched = ({ conversationId, seq }: OriginalProps) => {
  const original = useQuery({
    queryKey: ["GET /v1/conversations/{id}/messages/{seq}/original", conversationId, seq],
    queryFn: async () =>
      readOriginal(await bytesOf(`/v1/conversations/${conversationId}/messages/${seq}/original`)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return <Asked query={original}>{(data) => <Shown original={data} />}</Asked>;
};

/** A mail stands in a frame where nothing runs and nothing is fetched until somebody asks for its pictures. */
const Shown = ({ original }: { readonly original: Original }) => {
  const { words } = useWords(inboxWords);
  const [loadsPictures, setLoads] = useState(false);
  if ("text" in original)
    return (
      <pre className={styles.raw} dir="auto">
        {original.text}
      </pre>
    );
  return (
    <>
      <iframe
        title={words.original}
        sandbox=""
        referrerPolicy="no-referrer"
        srcDoc={inertMail(original.html, loadsPictures)}
        className={styles.frame}
      />
      {!loadsPictures && (
        <p className={styles.frameActs}>
          <Button onClick={() => setLoads(true)}>{words.loadRemote}</Button>
          <span className={look.small}>{words.remoteHeld}</span>
        </p>
      )}
    </>
  );
};

import { useIsLate } from "#console/data/late.ts";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import styles from "./notice.module.css";

/** Says that the hub takes its time. Nothing has to be done about it: it is read out politely, and goes by itself. */
export const LateNotice = () => {
  const { words } = useWords(everywhere);
  const isLate = useIsLate();
  return <div role="status">{isLate && <p className={styles.late}>{words.late}</p>}</div>;
};

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Asked } from "#console/ui/asked.tsx";
import { Button } from "#console/ui/button.tsx";
import { CloseIcon } from "#console/ui/icons.tsx";
import { useWords } from "#console/words/language.tsx";
import { decisionQuery } from "./data.ts";
import { Reasons } from "./reasons.tsx";
import styles from "./why.module.css";
import { customerWords } from "./words.ts";

/** The head of what stands beside the timeline. It takes the focus, so that a reader hears what has opened. */
export const PanelHead = ({ title, onClose }: { readonly title: string; readonly onClose: () => void }) => {
  const { words } = useWords(customerWords);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    head.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <header className={styles.head}>
      <h2 ref={head} tabIndex={-1}>
        {title}
      </h2>
      <Button look="plain" icon aria-label={words.close} onClick={onClose}>
        <CloseIcon />
      </Button>
    </header>
  );
};

/** Why a decision came out as it did. */
export const WhyPanel = ({
  decisionId,
  onClose,
}: {
  readonly decisionId: string;
  readonly onClose: () => void;
}) => {
  const { words } = useWords(customerWords);
  const decision = useQuery(decisionQuery(decisionId));
  return (
    <div className={styles.why}>
      <PanelHead title={words.whyTitle} onClose={onClose} />
      <Asked query={decision}>{(data) => <Reasons decision={data} />}</Asked>
    </div>
  );
};

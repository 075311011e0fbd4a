import look from "#console/ui/look.module.css";
import type { PlacedFinding } from "./form-context.ts";
import styles from "./forms.module.css";

/** Findings in words, errors and warnings. */
export const Said = ({ findings }: { readonly findings: readonly PlacedFinding[] }) =>
  findings.map(({ severity, code, message, expected }) => (
    <span key={`${code} ${message}`} className={severity === "error" ? look.wrong : styles.warning}>
      {message}
      {expected !== undefined && `: ${expected}`}
    </span>
  ));

import type { ReactNode } from "react";

/** Pictures of 16 by 16 in the colour of the text around them. Each stands beside words, or in a control that has a label. */
const Icon = ({ children }: { readonly children: ReactNode }) => (
  <svg
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    {children}
  </svg>
);

export const CloseIcon = () => (
  <Icon>
    <path d="m4 4 8 8m0-8-8 8" />
  </Icon>
);
export const EventIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="2" fill="currentColor" stroke="none" />
  </Icon>
);
export const DecisionIcon = () => (
  <Icon>
    <path d="m8 3 5 5-5 5-5-5z" />
  </Icon>
);
export const MessageIcon = () => (
  <Icon>
    <path d="M2.5 4.5h11v7h-11zm0 .5L8 9l5.5-4" />
  </Icon>
);
export const AnswerIcon = () => (
  <Icon>
    <path d="M6.5 4 3 7.5 6.5 11M3 7.5h6a4 4 0 0 1 4 4V12" />
  </Icon>
);
export const MergeIcon = () => (
  <Icon>
    <path d="M4 3v4a3 3 0 0 0 3 3h5M12 3v3a3 3 0 0 1-1 2M9.5 7.5 12.5 10l-3 2.5" />
  </Icon>
);

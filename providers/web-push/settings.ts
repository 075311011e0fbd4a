/** Environment variable of the worker: `direct`, or the address of a gateway that makes its calls, without a slash at the end. */
export const VIA = "WEB_PUSH_VIA";

/** Names our message to a gateway; push services are not told. */
export const MESSAGE_HEADER = "x-rapport-message";

/** Environment variable of the worker: `direct`, or the address of a gateway that makes its calls, without a slash at the end. */
export const VIA = "STANDARD_WEBHOOKS_VIA";

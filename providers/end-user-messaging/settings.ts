/** Environment variable of the worker: the configuration set that texts are sent through, and that tells what becomes of them. */
export const CONFIGURATION_SET = "SMS_CONFIGURATION_SET";

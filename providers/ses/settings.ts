/** Environment variable of the worker: the configuration set that mail is sent through, and that tells what becomes of it. */
export const CONFIGURATION_SET = "SES_CONFIGURATION_SET";

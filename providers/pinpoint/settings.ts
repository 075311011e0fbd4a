/** Environment variable of the worker: the application that holds the credentials of Apple and Firebase. */
export const APPLICATION_ID = "PUSH_APPLICATION_ID";

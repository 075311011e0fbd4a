/** The keys of a hub that is tried out: everybody knows them, so it answers this machine alone. */
export const LOCAL_WRITE_KEY = "local-write-key";
export const LOCAL_SECRET_KEY = "local-secret-key";

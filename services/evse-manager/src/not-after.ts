/** The earlier of two times, ISO 8601: a time told by another process, whose clock may be ahead of ours. */
export const notAfter = (told: string, now: string): string => (told < now ? told : now)

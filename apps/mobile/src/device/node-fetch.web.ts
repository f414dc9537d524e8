export const nodeFetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init)

/** Whether the browser's reader asks for more contrast. */
export const prefersMoreContrast = (): boolean => globalThis.matchMedia?.('(prefers-contrast: more)').matches ?? false

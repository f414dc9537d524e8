/** Whether the device asks for more contrast. Android and iOS tell apps no such wish in a way both share: there the app's own switch counts. */
export const prefersMoreContrast = (): boolean => false

import { fetch } from 'expo/fetch'

/** A fetch that streams: React Native's own gives an answer only when it is whole. */
export const nodeFetch = fetch as unknown as typeof globalThis.fetch

export * from './figures.ts'
export { type ProofName, proofs } from './names.ts'

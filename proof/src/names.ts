/** Every claim the project makes of itself, and the question its program answers. */
export const proofs = {
  walk: 'what does each step of a charge cost, against the floor of the same work?',
  kill: 'is every deposit settled or refunded exactly once when the server is killed at any moment?',
  contracts: 'do the invariants hold, and does a test kill every mutant of the contracts?',
  gas: 'what gas does each operation take, against its bar?',
  relayer: 'how many sessions are settled per second in batches, against one by one?',
  ocpp: 'how many stations and messages does one process carry?',
  'ocpp-interop': 'do station implementations of others charge here?',
  api: 'how many requests does one process answer?',
  mqtt: 'how many plugs does one process carry?',
  ocpi: 'do sessions and CDRs reach a partner exactly once?',
  'ocpi-pricing': 'does a pricing engine of others come to the same cent?',
  'ocpi-interop': 'do OCPI implementations of others roam with us?',
  'ocpi-desk': 'does an operator keep terminals and bookings of roaming partners from the desk?',
  portal: 'is the portal fast, accessible and complete?',
  map: 'how does the map behave with all of France on it?',
  defev: 'does the server-less app charge with a wallet and a chain alone?',
  mobile: "does the driver's app walk the whole charge?",
  member: 'does the member app show every session, quickly and accessibly?',
  mongo: 'does the house stand on MongoDB as it does on SQLite?',
  chaos: 'what happens when chain, store, broker and network come and go?',
  scale: 'how many charges run at once, and what stops more?',
} as const

export type ProofName = keyof typeof proofs

const server = {
  kind: 'text',
  value: 'URL',
  words: 'the node to speak to (default: the one running on this clone)',
} as const

/** Where the node is and as whom one speaks to it; every driver's command has these. */
export const nodeOptions = {
  server,
  data: { kind: 'text', value: 'FOLDER', words: 'data folder of a node on this machine, to find its address' },
  key: {
    kind: 'text',
    value: 'FILE',
    words: "the driver's key (default: .werenode/driver/key.json, made when missing)",
  },
} as const

/** The same for an operator's commands. */
export const operatorOptions = {
  server,
  data: {
    kind: 'text',
    value: 'FOLDER',
    words: 'data folder of a node on this machine, to find it and its operator',
  },
  key: { kind: 'text', value: 'FILE', words: "the operator's key (default: the one in the node's data folder)" },
} as const

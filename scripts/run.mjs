#!/usr/bin/env node
// Entry of every npm script and of ./werenode. Plain JavaScript without static imports, so that even an old Node can read this
// far and say what it lacks.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 20) {
  console.error(
    `Werenode needs Node.js 20 or newer to begin; this is ${process.versions.node}.\n` +
      'Install a current one (https://nodejs.org, or your distribution) and run the same command again.',
  )
  process.exit(1)
} else {
  import('./bootstrap/main.mjs').then(({ main }) => main(process.argv.slice(2), { major, minor }))
}

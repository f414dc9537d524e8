// Turns the log of a failed download into one sentence and something to do.
import { Trouble } from './words.mjs'

const causes = [
  [
    /ENOSPC|no space left/i,
    () => ['the disk is full.', 'Free about 1 GB (tools, packages and data), then run the same command again.'],
  ],
  [
    /EROFS|EACCES|EPERM|permission denied|read-only file system/i,
    (what, root) => [
      `${what} cannot be written: this folder or the package cache belongs to somebody else or is read-only.`,
      `Clone into a folder you own, or give yourself ${root}; then run the same command again.`,
    ],
  ],
  [
    /EINTEGRITY|integrity check|checksum mismatch|ERR_PNPM_TARBALL_INTEGRITY/i,
    (what) => [
      `a download of ${what} was not what the lock file names (damaged or changed on the way).`,
      'Run the same command again; if it stays, clear the package cache with `npm cache clean --force`, and tell us.',
    ],
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network|socket hang up|dns error|failed to lookup|error sending request|connection refused|timed out/i,
    (what) => [
      `the npm registry cannot be reached, so ${what} cannot be fetched.`,
      'The first start needs the network (later ones do not). Check the connection, and `npm config get registry` and the proxy if you use one.',
    ],
  ],
  [
    /E404|ETARGET|ERR_PNPM_FETCH_404|ERR_PNPM_NO_MATCHING_VERSION|404 Not Found/i,
    (what) => [
      `the npm registry in use does not hold a version we need for ${what}.`,
      'Use the public registry for this install (`npm config get registry` shows yours).',
    ],
  ],
  [
    /E401|E403|\b40[13] (Unauthorized|Forbidden)/i,
    (what) => [
      `the npm registry refuses to hand out ${what} (login needed).`,
      'Check the registry and token in your .npmrc (`npm config get registry`).',
    ],
  ],
  [
    /OUTDATED_LOCKFILE|lockfile is not up to date|out of sync|not up to date with/i,
    () => [
      'a package.json and pnpm-lock.yaml disagree.',
      'Run `.werenode/tools/pnpm/node_modules/.bin/pnpm install --no-frozen-lockfile` after you changed a package.json, and commit the lock.',
    ],
  ],
]

/** The sentence for a failed step; the whole log is kept in `logPath`. */
export const diagnose = (what, output, { root, logPath }) => {
  for (const [pattern, sentence] of causes) {
    if (!pattern.test(output)) continue
    const [message, hint] = sentence(what, root)
    return new Trouble(message, hint)
  }
  const last = output
    .trim()
    .split('\n')
    .filter((line) => !/complete log of this run|^\s*$/.test(line))
    .slice(-6)
    .join('\n')
  return new Trouble(`${what} could not be installed.`, `${last}\nThe whole log is in ${logPath}.`)
}

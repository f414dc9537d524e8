// Who may know whom (docs/decisions and the picture in README.md): arrows point inwards, to packages/core.
// Tests, and what only they use: contract suites of a port, measurements, programs that a test kills.
const tests = '(\\.test\\.ts$|/test/|/testing/|/proof/|^packages/store/src/contract/|/(measure|open-for-kill)\\.ts$)'
const notTests = { pathNot: tests }

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core-knows-nobody',
      comment: 'The heart is pure: it imports none of our packages.',
      severity: 'error',
      from: { path: '^packages/core/' },
      to: { path: '^(packages/(?!core/)|services/|apps/|proof/|contracts/)' },
    },
    {
      name: 'packages-know-core',
      comment: 'A package knows the core at most; tests may run against the default adapters.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/', pathNot: `${tests}|^packages/(sdk|map)/` },
      to: { path: '^packages/', pathNot: '^packages/(core|$1)/' },
    },
    {
      name: 'sdk-knows-core-and-chain',
      severity: 'error',
      from: { path: '^packages/sdk/', ...notTests },
      to: { path: '^packages/', pathNot: '^packages/(core|chain|sdk)/' },
    },
    {
      name: 'map-knows-core-and-design',
      severity: 'error',
      from: { path: '^packages/map/', ...notTests },
      to: { path: '^packages/', pathNot: '^packages/(core|design|map)/' },
    },
    {
      name: 'packages-never-look-up',
      comment: 'Nothing in packages/ imports a service, an app or a proof.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(services|apps|proof)/' },
    },
    {
      name: 'services-never-each-other',
      comment: 'A service reaches another through the bus or HTTP only.',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'only-the-roots-compose',
      comment: 'Adapters are handed to a service, never constructed by it; its tests may.',
      severity: 'error',
      from: { path: '^services/', ...notTests },
      to: { path: '^packages/(store|bus|sdk|map)/' },
    },
    {
      name: 'nothing-imports-an-app',
      severity: 'error',
      from: { path: '^(packages|services|contracts)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-never-each-other',
      comment: 'The command line starts the simulator as a process; that is the one exception.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/cli/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'cli-knows-the-simulator-alone',
      severity: 'error',
      from: { path: '^apps/cli/' },
      to: { path: '^apps/', pathNot: '^apps/(cli|simulator)/' },
    },
    {
      name: 'browser-safe',
      comment: 'These run in browsers and on phones too: no Node built-ins.',
      severity: 'error',
      from: { path: '^packages/(core|chain|design|sdk|map)/src/', pathNot: `${tests}|/write\\.ts$` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'declared-only',
      comment: 'Import only what the package.json of the same room declares.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-package-at-run-time',
      severity: 'error',
      from: { path: '^(packages|services|apps)/[^/]+/src/', pathNot: tests },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^(packages|node_modules/@types)/',
      },
    },
    {
      name: 'resolvable',
      comment: 'Two names are types alone: nothing of them runs.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(geojson|topojson-specification)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|out|generated|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
    preserveSymlinks: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json', '.cjs', '.mts'],
    },
  },
}

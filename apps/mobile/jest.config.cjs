const { dirname } = require('node:path')

/** Babel writes calls of its own runtime into code of other rooms, which do not declare it: Expo's copy is the one. */
const runtime = dirname(
  require.resolve('@babel/runtime/package.json', { paths: [require.resolve('expo/package.json')] }),
)

/** Components and logic as a device runs them (React Native's Jest environment); native modules are stood in for by Expo's own mocks. */
module.exports = {
  preset: 'jest-expo',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.{ts,tsx}'],
  moduleNameMapper: { '^@babel/runtime/(.*)$': `${runtime}/$1` },
  setupFilesAfterEnv: ['<rootDir>/test/setup.ts'],
  // Our own packages and these are written as ES modules.
  transformIgnorePatterns: [
    '/node_modules/(?!(.pnpm|((jest-)?react-native|@react-native(-community)?)|expo(nent)?|@expo(nent)?/.*|@expo-google-fonts/.*|react-navigation|@react-navigation/.*|@noble/.*|@scure/.*|qr|viem|ox|abitype|decimal.js|@werenode/.*))',
    '/node_modules/.pnpm/(?!((jest-)?react-native|@react-native|expo|@expo|react-navigation|@react-navigation|@noble|@scure|qr@|viem|ox@|abitype|decimal|standard-navigation|@werenode|@maplibre))',
  ],
  testTimeout: 60000,
}

import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const ngc = resolve(root, 'node_modules/@angular/compiler-cli/bundles/src/bin/ngc.js')

test('every page and its template compile, those without a test of their own too', async () => {
  const said = await new Promise<string>((done) =>
    execFile(process.execPath, [ngc, '-p', 'tsconfig.app.json', '--noEmit'], { cwd: root }, (failed, out, err) =>
      done(failed ? `${out}${err}${failed.message}` : ''),
    ),
  )
  expect(said).toBe('')
}, 240_000)

import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeInvoices } from '../../../services/api/proof/papers.ts'
import { atLeast, equals, type Figures } from '../figures.ts'
import { pythonWith } from './python.ts'

/** What factur-x and Saxon say of invoices of this node: XML Schema and the Schematron rules of EN 16931. */
export const judgePapers = async (tools: string, report: (text: string) => void): Promise<Figures> => {
  const bin = pythonWith(tools, ['factur-x==7.8', 'saxonche==13.1.1'], report)
  const folder = await mkdtemp(join(tmpdir(), 'werenode-papers-'))
  try {
    const files = await writeInvoices(folder)
    report('holds invoices against the schema and the rules of Factur-X')
    const { stdout, stderr, status } = spawnSync(
      join(bin, 'python'),
      [join(import.meta.dirname, 'papers.py'), ...files],
      {
        encoding: 'utf8',
        timeout: 120_000,
      },
    )
    if (status !== 0) throw new Error(`papers.py: ${stderr.slice(-2_000)}`)
    const told = JSON.parse(stdout.trim().split('\n').at(-1)!) as {
      schema: number
      rules: number
      broken: readonly string[]
    }
    for (const one of told.broken) report(one)
    return {
      'factur-x: invoices by the schema': equals(told.schema, files.length),
      'factur-x: rules that were asked': atLeast(told.rules, 100),
      'factur-x: rules and files that are broken': equals(told.broken.length, 0),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

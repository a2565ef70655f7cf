// Root may write anywhere, so a test of a read-only folder sets root's powers aside for a moment.
import {chmod} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname} from 'node:path'
import {onTestFinished} from 'vitest'

const nobody = 65_534

/** Runs `work` while nobody may write to `folder`, a folder within a temporary one. */
export async function readOnly<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const root = process.geteuid?.() === 0
  // A temporary folder is its owner's alone; others must at least get to the folder in question.
  for (let above = dirname(folder); above !== tmpdir(); above = dirname(above))
    await chmod(above, 0o755)
  onTestFinished(() => chmod(folder, 0o755))
  await chmod(folder, 0o555)
  if (root) process.seteuid?.(nobody)
  try {
    return await work()
  } finally {
    if (root) process.seteuid?.(0)
    await chmod(folder, 0o755)
  }
}

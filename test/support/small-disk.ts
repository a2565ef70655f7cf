import {execFileSync} from 'node:child_process'
import {onTestFinished} from 'vitest'

/** Makes a folder a disk of a megabyte, where this machine lets one be made; gives whether it did. */
export function smallDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder], {stdio: 'ignore'})
  } catch {
    return false
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]))
  return true
}

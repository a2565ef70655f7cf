// `npm run test:webgpu`: trains on WebGPU by a Vulkan driver in software, and compares with the CPU.
// The driver is SwiftShader, as Debian's package `chromium` ships it, or what VK_DRIVER_FILES names.
// Where there is none, everything counts as skipped.
import {existsSync} from 'node:fs'
import {dirname} from 'node:path'
import {ensureInstalled} from './install.mjs'
import {closing, listed, vitest} from './vitest.mjs'

const config = ['--config', 'vitest.webgpu.config.ts']
const rest = process.argv.slice(2)

ensureInstalled()
const driver = findDriver()
if (driver) {
  // Read when a process starts or loads Vulkan: only the tests' own processes see them.
  process.env.VK_DRIVER_FILES = driver
  process.env.VK_ICD_FILENAMES = driver
  // Chromium has Vulkan's loader beside its driver.
  process.env.LD_LIBRARY_PATH = [dirname(driver), process.env.LD_LIBRARY_PATH]
    .filter(Boolean)
    .join(':')
  // Two minutes are usual; a driver that hangs must not take the rest of CI with it.
  const title = `training on WebGPU, driver ${driver}`
  const total = vitest(title, [...config, ...rest], {minutes: 8})
  console.log(closing(total))
  process.exitCode = total.failed > 0 ? 1 : 0
} else {
  console.log(
    'No Vulkan driver, so nothing was trained on WebGPU: on Debian `apt-get install chromium` brings one',
  )
  console.log(closing({passed: 0, failed: 0, skipped: listed([...config, ...rest])}))
}

function findDriver() {
  const named = process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES
  if (named) return named
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  return ['/usr/lib/chromium/vk_swiftshader_icd.json'].find(file => existsSync(file))
}

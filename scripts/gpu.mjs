// `npm run test:gpu [-- --device webgpu|cuda]`: trains on a GPU, and compares with the CPU.
// WebGPU takes the driver that VK_DRIVER_FILES names, or SwiftShader as Debian's package `chromium` ships it: a
// Vulkan driver in software. Where there is none, everything counts as skipped. CUDA takes what is installed.
import {existsSync} from 'node:fs'
import {dirname} from 'node:path'
import {parseArgs} from 'node:util'
import {ensureInstalled} from './install.mjs'
import {closing, listed, vitest} from './vitest.mjs'

const {values, positionals} = parseArgs({
  options: {device: {type: 'string', default: 'webgpu'}},
  allowPositionals: true,
})
const {device} = values
if (!['webgpu', 'cuda'].includes(device)) throw new Error('--device is webgpu or cuda')
const args = ['--config', 'vitest.gpu.config.ts', ...positionals]

ensureInstalled()
const driver = device === 'webgpu' ? findDriver() : 'NVIDIA'
if (driver) {
  process.env.BANCADA_GPU = device
  if (existsSync(driver)) {
    // Read when a process starts or loads Vulkan: only the tests' own processes see them.
    process.env.VK_DRIVER_FILES = driver
    process.env.VK_ICD_FILENAMES = driver
    // Chromium has Vulkan's loader beside its driver.
    process.env.LD_LIBRARY_PATH = [dirname(driver), process.env.LD_LIBRARY_PATH]
      .filter(Boolean)
      .join(':')
  }
  // Two minutes are usual; a driver that hangs must not take the rest of CI with it.
  const total = vitest(`training on ${device}, driver ${driver}`, args, {minutes: 8})
  console.log(closing(total))
  process.exitCode = total.failed > 0 ? 1 : 0
} else {
  console.log(
    'No Vulkan driver, so nothing was trained on WebGPU: on Debian `apt-get install chromium` brings one',
  )
  console.log(closing({passed: 0, failed: 0, skipped: listed(args)}))
}

function findDriver() {
  const named = process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES
  if (named) return named
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  return ['/usr/lib/chromium/vk_swiftshader_icd.json'].find(file => existsSync(file))
}

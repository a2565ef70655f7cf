// Completes package-lock.json with the binaries of other systems: npm leaves out an optional package that its
// registry could not serve when the lock was written, and `npm ci` on that other system then fails.
import {readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const file = join(dirname(fileURLToPath(import.meta.url)), '..', 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const systems = {
  android: 'android',
  darwin: 'darwin',
  linux: 'linux',
  win32: 'win32',
  windows: 'win32',
  freebsd: 'freebsd',
  openbsd: 'openbsd',
  netbsd: 'netbsd',
  sunos: 'sunos',
  aix: 'aix',
  openharmony: 'openharmony',
  openbsd64: 'openbsd',
}
const processors = [
  'x64',
  'arm64',
  'arm',
  'ia32',
  'riscv64',
  'ppc64',
  's390x',
  'loong64',
  'mips64el',
  'wasm32',
]

let added = 0
for (const [place, entry] of Object.entries({...lock.packages})) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const inside = `${place}/node_modules/${name}`
    const outside = `node_modules/${name}`
    if (lock.packages[inside] || lock.packages[outside] || !/^\d/.test(version)) continue
    const words = name.split('/').at(-1).split('-')
    const os = words.map(word => systems[word]).find(Boolean)
    const cpu = words.find(word => processors.includes(word))
    if (!os || !cpu) continue
    lock.packages[outside] = {
      version,
      cpu: [cpu],
      ...(entry.dev ? {dev: true} : {}),
      optional: true,
      os: [os],
    }
    added++
  }
}
const [root, ...rest] = Object.entries(lock.packages)
rest.sort(([a], [b]) => (a < b ? -1 : 1))
lock.packages = Object.fromEntries([root, ...rest])
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`added ${added} packages of other systems`)

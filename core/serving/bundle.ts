// Writes a bundle: a folder that serves one version of a model anywhere that Node runs.
import {createHash, randomBytes} from 'node:crypto'
import {copyFile, mkdir, readdir, readFile, rename, rm} from 'node:fs/promises'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {AppError} from '../error.ts'
import {onDisk, syncFolder, writeSynced} from '../files.ts'
import {type Baseline, baselineRecord} from '../schema/baseline.ts'
import {type BundleSignature, bundleSignature, type GoldenRow} from '../schema/bundle.ts'
import {bundleFormat} from '../schema/bundle-format.ts'
import type {Signature} from '../schema/model.ts'
import {readVersioned} from '../schema/versioned.ts'
import {says} from '../words/says.ts'
import type {Composed} from './compose.ts'
import {openapi} from './openapi.ts'
import {serverProgram} from './program.ts'

export type BundleSpec = Pick<Signature, 'task' | 'classes' | 'target'> & {
  name: string
  version: number
  composed: Composed
  golden: readonly GoldenRow[]
  baseline: Baseline
  card: {markdown: string; json: unknown}
  /** `server.mjs`; the one of this build unless said otherwise. */
  program?: string
}

/**
 * Writes the bundle to `folder`, which must not exist yet. It appears whole or not at all.
 * Errors: `duplicate-name` where the folder is there already, `no-space` and `read-only` from the disk.
 */
export async function writeBundle(spec: BundleSpec, folder: string): Promise<BundleSignature> {
  const signature = signatureOf(spec)
  const aside = join(dirname(folder), `.${randomBytes(6).toString('hex')}`)
  const files = await contents(spec, signature)
  try {
    await onDisk(folder, async () => {
      await mkdir(aside, {recursive: true})
      for (const [name, content] of Object.entries(files))
        await writeSynced(join(aside, name), content)
      await copyFile(spec.program ?? serverProgram(), join(aside, 'server.mjs'))
      await writeSynced(join(aside, 'MANIFEST'), await manifest(aside))
      await rename(aside, folder)
      await syncFolder(dirname(folder))
    })
  } catch (error) {
    await rm(aside, {recursive: true, force: true})
    throw /ENOTEMPTY|EEXIST/.test(String((error as Error).message))
      ? new AppError('duplicate-name', says`there is something at ${folder} already`, {
          cause: error,
        })
      : error
  }
  return signature
}

function signatureOf({name, version, task, classes, target, composed}: BundleSpec) {
  const {inputs, ignores, graph} = composed
  return bundleSignature.parse({
    format: bundleFormat,
    name,
    version,
    task,
    inputs,
    ignores,
    graph,
    ...(classes ? {classes} : {}),
    ...(target === undefined ? {} : {target}),
  })
}

async function contents(
  {composed, golden, baseline, card}: BundleSpec,
  signature: BundleSignature,
): Promise<Record<string, string | Uint8Array>> {
  const dependencies = Object.fromEntries(
    ['onnxruntime-node', ...(composed.prepare ? ['@duckdb/node-api'] : [])].map(name => [
      name,
      installedVersion(name),
    ]),
  )
  return {
    'model.onnx': composed.onnx,
    'signature.json': json(signature),
    ...(composed.prepare ? {'prepare.sql': `${composed.prepare}\n`} : {}),
    'baseline.json': json(baseline),
    'golden.jsonl': golden.map(row => `${JSON.stringify(row)}\n`).join(''),
    'card.md': card.markdown,
    'card.json': json(card.json),
    'openapi.json': json(openapi(signature, golden[0]?.input)),
    'package.json': json({
      name: 'model',
      version: `${signature.version}.0.0`,
      private: true,
      type: 'module',
      engines: {node: '>=20.19'},
      scripts: {start: 'node server.mjs'},
      dependencies,
    }),
    Dockerfile: dockerfile,
  }
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** The version that this app runs, so that the bundle runs the very same. */
function installedVersion(name: string): string {
  const require = createRequire(import.meta.url)
  // Not every package exports its package.json, so it is looked for from the entry upward.
  for (let folder = dirname(require.resolve(name)); ; folder = dirname(folder)) {
    try {
      const found = require(join(folder, 'package.json')) as {name?: string; version?: string}
      if (found.name === name && found.version) return found.version
    } catch {
      if (folder === dirname(folder)) throw new Error(`cannot tell the version of ${name}`)
    }
  }
}

// Install scripts stay off: onnxruntime-node's would fetch CUDA libraries and fail the build without them.
const dockerfile = `FROM node:20-bookworm-slim
LABEL com.amazonaws.sagemaker.capabilities.accept-bind-to-port=true
ENV NODE_ENV=production
WORKDIR /opt/bancada
COPY package.json ./
RUN npm install --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force
COPY . ./
EXPOSE 8080
ENTRYPOINT ["node", "server.mjs"]
`

/** `sha256  name` lines, as `sha256sum --check` reads them. */
async function manifest(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter(name => name !== 'MANIFEST').sort()
  const lines = await Promise.all(
    names.map(async name => `${await sha256(join(folder, name))}  ${name}\n`),
  )
  return lines.join('')
}

const sha256 = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')

/** Checks a bundle's files against its MANIFEST. Errors: `damaged` or `missing-file`, naming the file. */
export async function verifyBundle(folder: string): Promise<void> {
  const file = join(folder, 'MANIFEST')
  const text = await onDisk(file, () => readFile(file, 'utf8'))
  const listed = text
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const [, hash, name] = /^([0-9a-f]{64}) {2}([^/\\]+)$/.exec(line) ?? []
      if (hash && name) return {hash, path: join(folder, name), name}
      throw new AppError('damaged', says`"${line}" is no line of a MANIFEST`, {where: file})
    })
  await Promise.all(
    listed.map(async ({hash, path, name}) => {
      if ((await onDisk(path, () => sha256(path))) !== hash)
        throw new AppError('damaged', says`${name} is not the file that was packaged`, {
          hint: says`package the version again`,
          where: path,
        })
    }),
  )
}

/** What the training rows of a bundle looked like. Errors: `missing-file`, `damaged`, `too-new`. */
export async function readBaseline(folder: string): Promise<Baseline> {
  const file = join(folder, 'baseline.json')
  const text = await onDisk(file, () => readFile(file, 'utf8'))
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new AppError('damaged', says`not JSON: ${(error as Error).message}`, {where: file})
  }
  return readVersioned(baselineRecord, value, file)
}

import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdir, readdir, readFile, symlink, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {bundleFiles, type GoldenRow} from '../../../core/schema/bundle.ts'
import {verifyBundle, writeBundle} from '../../../core/serving/bundle.ts'
import {startBundle} from '../../../core/serving/client.ts'
import {checkGolden, differs} from '../../../core/serving/golden.ts'
import {applied, linear, raw, sampleBundle} from './sample.ts'

const exists = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a bundle, started for real, gives the golden answers', async () => {
  const {folder, golden} = await sampleBundle()
  expect(await checkGolden(folder)).toMatchObject({rows: golden.length, mismatches: 0})
  const answers = golden.map(({answer}) => ('prediction' in answer ? answer.prediction : undefined))
  expect(new Set(answers)).toEqual(new Set(['Adelie', 'Gentoo']))
})

test('golden rows hold gaps and unseen categories', async () => {
  const {golden} = await sampleBundle()
  const inputs = golden.map(row => row.input)
  expect(inputs).toContainEqual({island: null, 'mass (g)': null})
  expect(inputs.some(row => row['mass (g)'] === null && row.island !== null)).toBe(true)
  expect(inputs.some(row => String(row.island).startsWith('never seen'))).toBe(true)
})

test('a bundle holds the planned files and a MANIFEST that fits them', async () => {
  const {folder} = await sampleBundle()
  const names = (await readdir(folder)).sort()
  expect(names).toEqual([...bundleFiles.filter(name => name !== 'prepare.sql'), 'MANIFEST'].sort())
  await verifyBundle(folder)
  const {dependencies} = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const here = JSON.parse(await readFile('node_modules/onnxruntime-node/package.json', 'utf8'))
  expect(dependencies).toEqual({'onnxruntime-node': here.version})
})

test('the signature asks for what the model needs and nothing else', async () => {
  const {signature} = await sampleBundle()
  expect(signature.inputs.map(column => column.name)).toEqual(['island', 'mass (g)'])
  expect(signature.ignores).toEqual(['seen', 'note', 'species'])
})

test('a step that serves by SQL is replayed by DuckDB inside the bundle', async () => {
  const steps = [...applied, {kind: 'size', version: 1, params: {column: 'note', as: 'length'}}]
  const {folder, signature} = await sampleBundle({
    recipe: {raw, steps},
    features: ['length', 'island'],
    modelOnnx: linear([1, -1, -2, 2], 2, 2),
  })
  // `mass (g)` is filled by a replayed step, so it stays; `seen` is touched by none.
  expect(signature.inputs.map(column => column.name)).toEqual(['island', 'mass (g)', 'note'])
  expect(signature.graph.map(column => column.name)).toEqual(['island', 'length'])
  const {dependencies} = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  expect(Object.keys(dependencies)).toContain('@duckdb/node-api')
  expect(await checkGolden(folder)).toMatchObject({mismatches: 0})
})

test('a bundle that answers differently is refused, with the rows', async () => {
  const {spec, golden, folder} = await sampleBundle()
  const wrong = golden.map(
    (row, i): GoldenRow =>
      i === 2
        ? {...row, answer: {prediction: 'Chinstrap', probabilities: {Adelie: 1, Gentoo: 0}}}
        : row,
  )
  const other = join(dirname(folder), 'other')
  await writeBundle({...spec, golden: wrong}, other)
  await expect(checkGolden(other)).rejects.toMatchObject({
    code: 'golden-mismatch',
    message: expect.stringMatching(
      /1 of \d+ golden rows differently\nrow 3: prediction is "\w+", not "Chinstrap"/,
    ),
  })
})

test('a file that was changed after packaging is named', async () => {
  const {folder} = await sampleBundle()
  await writeFile(join(folder, 'signature.json'), '{}')
  await expect(checkGolden(folder)).rejects.toMatchObject({
    code: 'damaged',
    where: join(folder, 'signature.json'),
  })
})

test('a bundle is never written over another', async () => {
  const {spec, folder} = await sampleBundle()
  await expect(writeBundle(spec, folder)).rejects.toMatchObject({code: 'duplicate-name'})
  await verifyBundle(folder)
})

test('a server that cannot start says why and leaves no process', async () => {
  const {folder} = await sampleBundle()
  await writeFile(join(folder, 'model.onnx'), 'not a model')
  await expect(startBundle(folder)).rejects.toMatchObject({
    code: 'crashed',
    hint: expect.stringContaining('model.onnx'),
  })
})

test('cancelling stops the server', async () => {
  const {folder} = await sampleBundle()
  const stop = new AbortController()
  const server = await startBundle(folder, {signal: stop.signal})
  expect(exists(server.pid)).toBe(true)
  stop.abort()
  await server.ended
  expect(exists(server.pid)).toBe(false)
  await expect(startBundle(folder, {signal: stop.signal})).rejects.toThrow()
})

test('numbers may differ by a millionth, text and structure not at all', () => {
  expect(differs({a: 1, b: 'x'}, {a: 1 + 5e-7, b: 'x'})).toBeUndefined()
  expect(differs({a: 2e6}, {a: 2e6 + 1})).toBeUndefined()
  expect(String(differs({a: 1}, {a: 1.0001}))).toBe('a is 1.0001, not 1')
  expect(String(differs({p: {x: 'b'}}, {p: {x: 'c'}}))).toBe('p.x is "c", not "b"')
  expect(String(differs({a: null}, {a: 0}))).toBe('a is 0, not null')
  expect(String(differs({a: 1}, {}))).toBe('a is nothing, not 1')
})

test('a server ends when the process that started it is gone', async () => {
  const {folder} = await sampleBundle()
  const args = ['server.mjs', '--port', '0', '--host', '127.0.0.1', '--modules', process.cwd()]
  const child = spawn(process.execPath, args, {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {...process.env, BANCADA_PARENT: String(process.pid)},
  })
  await once(child.stdout, 'data')
  // What the system does to the pipe when its other end dies.
  child.stdin.destroy()
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('a bundle runs on its own modules, and without any says what to do', async () => {
  const {folder} = await sampleBundle()
  const start = () => {
    const child = spawn(process.execPath, ['server.mjs', 'serve', '--host', '127.0.0.1'], {
      cwd: folder,
      env: {PATH: process.env.PATH, SAGEMAKER_BIND_TO_PORT: '0'},
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    return child
  }
  const bare = start()
  const [said] = await once(bare.stderr, 'data')
  expect(String(said)).toContain('onnxruntime-node is not installed')
  expect(String(said)).toContain('npm install')
  await mkdir(join(folder, 'node_modules'))
  const module = join('node_modules', 'onnxruntime-node')
  await symlink(join(process.cwd(), module), join(folder, module), 'junction')
  const [line] = await once(start().stdout, 'data')
  const {url} = JSON.parse(String(line)) as {url: string}
  expect((await fetch(`${url}/ping`)).status).toBe(200)
})

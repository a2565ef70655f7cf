import {mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {temporaryFolder} from '../../support/folder.ts'
import {readOnly} from '../../support/unprivileged.ts'
import {registration, registry, report} from './registration.ts'

async function fresh() {
  const folder = join(await temporaryFolder(), 'models')
  return {folder, ...registry(folder)}
}

test('a version keeps its own copy of its files', async () => {
  const {models, folder} = await fresh()
  const cache = join(await temporaryFolder(), 'model.onnx')
  await writeFile(cache, 'the model')
  const {version, created} = await models.register(
    registration('', {files: {'model.onnx': cache, 'tfjs/model.json': Buffer.from('{}')}}),
  )
  expect(created).toBe(true)
  await writeFile(cache, 'damaged')
  await rm(cache)
  const place = await models.open(version)
  expect(place.startsWith(folder)).toBe(true)
  expect(await readFile(join(place, 'model.onnx'), 'utf8')).toBe('the model')
  expect(await readFile(join(place, 'tfjs/model.json'), 'utf8')).toBe('{}')
  expect(JSON.parse(await readFile(join(place, 'signature.json'), 'utf8'))).toMatchObject({
    target: 'Species',
  })
  expect(await models.report(version)).toEqual(report)
  expect(version).toMatchObject({version: 1, stage: 'none', run: expect.any(String)})
  expect(version.metrics).toEqual(report.metrics)
})

test('registering the same again gives the same version and logs nothing', async () => {
  const {models, time} = await fresh()
  const first = await models.register(registration('one'))
  time.pass(1000)
  const again = await models.register(registration('one', {run: 'another'}))
  expect(again).toEqual({version: first.version, created: false})
  expect((await models.audit('penguins')).events).toHaveLength(1)
  const other = await models.register(registration('two'))
  expect(other).toMatchObject({created: true, version: {version: 2}})
})

test('the same model with other figures is the same version, newly evaluated', async () => {
  const {models} = await fresh()
  await models.register(registration('one'))
  const metrics = [{name: 'f1', value: 0.5, better: 'high' as const}]
  const {version, created} = await models.register(
    registration('one', {run: 'later', metrics, report: {...report, metrics}}),
  )
  expect({created, version: version.version}).toEqual({created: false, version: 1})
  expect(version.metrics).toEqual(metrics)
  expect(version.run).toBe('later')
  expect((await models.report(version))?.metrics).toEqual(metrics)
  expect((await models.audit('penguins')).events.map(e => e.type)).toEqual([
    'registered',
    'evaluated',
  ])
})

test('a version stands while the same cells, figures and whole files make it', async () => {
  const {models} = await fresh()
  const made = registration('one', {lineage: {adults: 'a1', classifier: 'c1'}})
  const {version} = await models.register(made)
  const stands = (more: Partial<typeof made> = {}) =>
    models.standing('penguins', 1, {...made, ...more})
  expect(await stands()).toEqual(version)
  expect(await stands({lineage: {classifier: 'c1', adults: 'a1'}})).toEqual(version)
  expect(await stands({lineage: {adults: 'a1', classifier: 'c2'}})).toBeUndefined()
  expect(await stands({metrics: [{name: 'f1', value: 0.5, better: 'high'}]})).toBeUndefined()
  expect(await models.standing('penguins', 2, made)).toBeUndefined()
  expect(await models.standing('nobody', 1, made)).toBeUndefined()
  await models.setStage('penguins', 1, 'staging')
  expect(await stands()).toMatchObject({stage: 'staging'})
  await writeFile(join(await models.open(version), 'model.onnx'), 'two')
  expect(await stands()).toBeUndefined()
})

test('a new version in production archives the one that was there', async () => {
  const {models} = await fresh()
  for (const content of ['one', 'two']) {
    const {version} = await models.register(registration(content))
    await models.approve('penguins', version.version, {why: 'good on the holdout'})
    await models.setStage('penguins', version.version, 'production')
  }
  const {versions, production} = await models.get('penguins')
  expect(versions.map(v => v.stage)).toEqual(['archived', 'production'])
  expect(production).toBe(2)
  expect((await models.version('penguins', 'production')).version).toBe(2)
})

test('production needs an approval, and a rejection stands until its author changes it', async () => {
  const {models, become} = await fresh()
  await models.register(registration('one'))
  const promote = (more = {}) => models.setStage('penguins', 1, 'production', more)
  await expect(promote()).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('0 of the 1 approval'),
  })
  await models.approve('penguins', 1)
  become('Rui')
  await models.reject('penguins', 1, {why: 'unfair to Gentoo'})
  await expect(promote()).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('rejected by Rui: unfair to Gentoo'),
  })
  await models.approve('penguins', 1, {why: 'mended'})
  expect((await promote()).stage).toBe('production')
  const {verdicts} = await models.version('penguins', 1)
  expect(verdicts.map(v => [v.by.name, v.approved, v.why])).toEqual([
    ['Ana', true, undefined],
    ['Rui', true, 'mended'],
  ])
})

test('the policy can be overridden with a reason, and the log keeps it', async () => {
  const {models} = await fresh()
  await models.register(registration('one'))
  await expect(
    models.setStage('penguins', 1, 'production', {override: true, why: ' '}),
  ).rejects.toMatchObject({code: 'refused', message: 'an override needs a reason'})
  await models.setStage('penguins', 1, 'production', {override: true, why: 'hot fix'})
  const {events} = await models.audit('penguins')
  expect(events.at(-1)).toMatchObject({
    type: 'stage-changed',
    override: true,
    why: 'hot fix',
    by: {name: 'Ana', email: 'ana@example.org'},
    at: '2026-03-01T10:00:00.000Z',
  })
})

test('roll back returns to the version before, and again to the one before that', async () => {
  const {models} = await fresh()
  const override = {override: true, why: 'test'}
  for (const content of ['one', 'two', 'three']) {
    const {version} = await models.register(registration(content))
    await models.setStage('penguins', version.version, 'production', override)
  }
  expect(await models.rollBack('penguins', {why: 'slow'})).toMatchObject({version: 2})
  expect((await models.get('penguins')).versions.map(v => v.stage)).toEqual([
    'archived',
    'production',
    'archived',
  ])
  expect(await models.rollBack('penguins', {})).toMatchObject({version: 1})
  await expect(models.rollBack('penguins', {})).rejects.toMatchObject({
    code: 'refused',
    message: 'penguins had no other version in production before version 1',
  })
  expect(await models.rollBack('penguins', {to: 3})).toMatchObject({version: 3})
})

test('roll back goes only where production once was', async () => {
  const {models} = await fresh()
  await models.register(registration('one'))
  await models.register(registration('two'))
  await expect(models.rollBack('penguins')).rejects.toMatchObject({
    code: 'refused',
    message: 'no version of penguins is in production',
  })
  await models.setStage('penguins', 2, 'production', {override: true, why: 'test'})
  await expect(models.rollBack('penguins', {to: 1})).rejects.toMatchObject({
    code: 'refused',
    message: 'penguins version 1 is not one that production left',
  })
})

test('unknown models and versions get the nearest name', async () => {
  const {models} = await fresh()
  await models.register(registration('one'))
  await expect(models.get('pengins')).rejects.toMatchObject({
    code: 'unknown-name',
    hint: 'did you mean "penguins"?',
  })
  await expect(models.approve('penguins', 7)).rejects.toMatchObject({
    code: 'unknown-name',
    message: 'penguins has no version 7',
  })
})

test('a model name must be one that every system can have', async () => {
  const {models} = await fresh()
  await models.register(registration('one'))
  for (const name of [
    '',
    '../x',
    'a/b',
    'pingüins',
    'con',
    'nul.txt',
    '.hidden',
    'x.',
    'a'.repeat(64),
  ])
    await expect(models.register(registration('one', {name})), name).rejects.toMatchObject({
      code: 'bad-params',
    })
  await expect(models.register(registration('one', {name: 'Penguins'}))).rejects.toMatchObject({
    code: 'duplicate-name',
  })
})

test('an edited, removed or swapped event is found, with its file', async () => {
  const {models, folder} = await fresh()
  await models.register(registration('one'))
  await models.approve('penguins', 1, {why: 'fine'})
  await models.setStage('penguins', 1, 'production')
  await models.register(registration('healthy', {name: 'other'}))
  const log = join(folder, 'penguins', 'log')
  const file = (n: number) => join(log, `00000${n}.json`)
  const text = await Promise.all([1, 2, 3].map(n => readFile(file(n), 'utf8')))
  const restore = () => Promise.all(text.map((t, i) => writeFile(file(i + 1), t)))

  const tampers: [() => Promise<unknown>, number][] = [
    [() => writeFile(file(2), text[1]!.replace('fine', 'fake')), 2],
    [() => writeFile(file(3), text[2]!.replace('Ana', 'Eva')), 3],
    [() => writeFile(file(1), text[0]!.replace('0.9125', '0.9925')), 1],
    [() => writeFile(file(1), text[0]!.replace('"run"', '"note": 1, "run"')), 1],
    [() => writeFile(file(2), text[2]!), 2],
    [() => rm(file(2)), 2],
    [() => writeFile(file(2), '{"version": 1'), 2],
  ]
  for (const [tamper, seq] of tampers) {
    await tamper()
    const {events, fault} = await models.audit('penguins')
    expect(fault?.code, String(tamper)).toBe('damaged')
    expect(events).toHaveLength(seq - 1)
    await expect(models.get('penguins')).rejects.toMatchObject({code: 'damaged'})
    await expect(models.approve('penguins', 1)).rejects.toMatchObject({code: 'damaged'})
    const list = await models.list()
    expect(list.map(m => [m.name, m.fault?.code])).toEqual([
      ['other', undefined],
      ['penguins', 'damaged'],
    ])
    await restore()
    expect((await models.audit('penguins')).fault).toBeUndefined()
  }
})

test('an event of a newer Bancada is too new', async () => {
  const {models, folder} = await fresh()
  await models.register(registration('one'))
  const file = join(folder, 'penguins', 'log', '000002.json')
  await writeFile(file, JSON.stringify({version: 2, type: 'sung-about'}))
  await expect(models.get('penguins')).rejects.toMatchObject({code: 'too-new', where: file})
})

test('a damaged file of a version is found, and registering again mends it', async () => {
  const {models} = await fresh()
  const {version} = await models.register(registration('one'))
  const place = await models.open(version)
  await writeFile(join(place, 'model.onnx'), 'oen')
  await expect(models.open(version)).rejects.toMatchObject({
    code: 'damaged',
    where: join(place, 'model.onnx'),
  })
  await models.register(registration('one'))
  expect(await readFile(join(await models.open(version), 'model.onnx'), 'utf8')).toBe('one')
  expect(await models.report(version)).toEqual(report)
})

test('what a kill left half-made is no version and no event', async () => {
  const {models, folder} = await fresh()
  const half = join(folder, 'penguins', 'versions', '.new-123')
  await mkdir(half, {recursive: true})
  await mkdir(join(folder, 'penguins', 'log'), {recursive: true})
  await writeFile(join(half, 'model.onnx'), 'ha')
  await writeFile(join(folder, 'penguins', 'log', '.new-456'), '{"version":1,')
  expect((await models.register(registration('one'))).version.version).toBe(1)
  expect((await models.get('penguins')).versions).toHaveLength(1)
})

test('a read-only folder is told as such, and can still be read', async () => {
  const {models, folder} = await fresh()
  await models.register(registration('one'))
  const home = join(folder, 'penguins')
  for (const part of ['versions', 'log'])
    await readOnly(join(home, part), async () => {
      expect((await models.get('penguins')).versions).toHaveLength(1)
      await expect(
        part === 'log' ? models.approve('penguins', 1) : models.register(registration('two')),
      ).rejects.toMatchObject({code: 'read-only', where: join(home, part)})
    })
  expect(await readdir(join(home, 'log'))).toEqual(['000001.json'])
})

// Real processes on one registry: side by side, and killed.
import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {Registry} from '../../../core/registry/registry.ts'
import {program} from '../../support/child.ts'
import {temporaryFolder} from '../../support/folder.ts'

const writer = `
  import {Registry} from './core/registry/registry.ts'
  import {registration} from './test/core/registry/registration.ts'
  const [, , folder, name, count] = process.argv
  const models = new Registry(folder, {who: async () => ({name})})
  for (let i = 1; i <= Number(count); i++) {
    const {version} = await models.register(registration(name + i))
    await models.approve('penguins', version.version, {why: name + i})
    console.log(String(i))
  }
`

test('two processes that register and approve at once lose no event and share no number', async () => {
  const folder = join(await temporaryFolder(), 'models')
  const both = await Promise.all(['a', 'b'].map(name => program(writer, [folder, name, '15'])))
  for (const {ended} of both) expect(await ended()).toBe(0)
  const models = new Registry(folder, {who: async () => ({name: 'reader'})})
  const {events, fault} = await models.audit('penguins')
  expect(fault).toBeUndefined()
  expect(events).toHaveLength(60)
  const {versions} = await models.get('penguins')
  expect(versions.map(v => v.version)).toEqual(Array.from({length: 30}, (_, i) => i + 1))
  expect(versions.every(v => v.verdicts.length === 1)).toBe(true)
  expect(new Set(versions.map(v => v.verdicts[0]!.why)).size).toBe(30)
})

test('two processes that register the same at once make one version', async () => {
  const folder = join(await temporaryFolder(), 'models')
  const same = `
    import {Registry} from './core/registry/registry.ts'
    import {registration} from './test/core/registry/registration.ts'
    const models = new Registry(process.argv[2], {who: async () => ({name: 'x'})})
    const {version, created} = await models.register(registration('same'))
    console.log(version.version + ' ' + created)
  `
  const four = await Promise.all(Array.from({length: 4}, () => program(same, [folder])))
  const said = await Promise.all(four.map(({line}) => line()))
  expect(said.sort()).toEqual(['1 false', '1 false', '1 false', '1 true'])
})

test('kill -9 in the middle of writing leaves a sound log with all that was reported', async () => {
  const folder = join(await temporaryFolder(), 'models')
  for (const [round, wait] of [3, 5, 8].entries()) {
    const {child, line, ended} = await program(writer, [folder, `round${round}-`, '100000'])
    let reported = 0
    while (reported < wait) reported = Number(await line())
    child.kill('SIGKILL')
    expect(await ended()).toBe('SIGKILL')
    const models = new Registry(folder, {who: async () => ({name: 'reader'})})
    const {events, fault} = await models.audit('penguins')
    expect(fault).toBeUndefined()
    const whys = new Set(events.flatMap(e => (e.type === 'approved' ? [e.why] : [])))
    for (let i = 1; i <= reported; i++) expect(whys).toContain(`round${round}-${i}`)
    for (const version of (await models.get('penguins')).versions) await models.open(version)
  }
  const log = await readdir(join(folder, 'penguins', 'log'))
  expect(log.filter(name => name.endsWith('.json')).length).toBeGreaterThanOrEqual(32)
})

import {execFile} from 'node:child_process'
import {createHash} from 'node:crypto'
import {mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {promisify} from 'node:util'
import {unzipSync} from 'fflate'
import {expect, test} from 'vitest'
import {checkGolden} from '../../core/serving/golden.ts'
import {csvRows, rowsOfFile} from '../../renderer/models/csv.ts'
import {typedRow} from '../../renderer/models/typed.ts'
import {registration, registry} from '../core/registry/registration.ts'
import {temporaryFolder} from '../support/folder.ts'
import {openProjectWindow, seriousFaults, seriousFaultsInBoth} from '../support/window.ts'

const hostileReason = '<img src=x onerror="document.title=1"> looks good'

test('a version is approved with a reason, promoted, and rolled back', async () => {
  const {page, folder} = await openProjectWindow({place: {screen: 'models'}})
  await page.getByRole('heading', {name: 'No models registered yet'}).waitFor()
  await promisify(execFile)('git', ['init', '-q'], {cwd: folder})
  await promisify(execFile)('git', ['config', 'user.name', 'Ana'], {cwd: folder})
  await promisify(execFile)('git', ['config', 'user.email', 'ana@example.org'], {cwd: folder})

  const {models} = registry(join(folder, '.bancada', 'models'))
  await models.register(registration('first'))
  await models.register(
    registration('second', {metrics: [{name: 'f1', value: 0.95, better: 'high'}]}),
  )
  await page.reload()
  await page.getByRole('heading', {name: 'penguins'}).waitFor()

  const dialog = page.getByRole('dialog')
  const act = async (button: string) => {
    await page.getByRole('button', {name: button, exact: true}).click()
    await dialog.waitFor()
  }
  const version = (n: number) => page.getByRole('radio', {name: `Version ${n}`})
  const confirm = (button: string) => dialog.getByRole('button', {name: button}).click()

  // Without an approval production is refused, and told in place.
  await version(1).check()
  await act('Promote to production')
  await confirm('Promote to production')
  await dialog.getByRole('alert').filter({hasText: 'has 0 of the 1 approval'}).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await confirm('Cancel')

  await act('Approve')
  await dialog.getByRole('textbox', {name: 'Why'}).fill(hostileReason)
  await confirm('Approve')
  await page.getByText(hostileReason, {exact: false}).first().waitFor()
  await act('Promote to production')
  await confirm('Promote to production')
  await page.getByText('version 1 in production').first().waitFor()

  // The second stands beside the one in production.
  await version(2).check()
  await page.getByRole('row', {name: /f1.*\+0\.0375 \(better\)/}).waitFor()
  await act('Reject')
  expect(await dialog.getByRole('button', {name: 'Reject'}).isDisabled()).toBe(true)
  await dialog.getByRole('textbox', {name: 'Why'}).fill('too few birds')
  await confirm('Reject')
  await page.getByText('too few birds', {exact: false}).waitFor()
  await act('Promote to production')
  await confirm('Promote to production')
  await dialog.getByRole('alert').filter({hasText: 'was rejected by Ana'}).waitFor()
  await dialog.getByRole('checkbox', {name: /without the approval/}).check()
  expect(await dialog.getByRole('button', {name: 'Promote to production'}).isDisabled()).toBe(true)
  await dialog.getByRole('textbox', {name: 'Why'}).fill('the field season begins')
  await confirm('Promote to production')
  await page.getByText('version 2 in production').first().waitFor()

  await act('Roll back')
  await dialog.getByRole('textbox', {name: 'Why'}).fill('false alarms')
  await confirm('Roll back')
  await page.getByText('version 1 in production').first().waitFor()
  expect((await models.get('penguins')).production).toBe(1)

  await page.getByRole('tab', {name: 'Audit log'}).click()
  const log = page.getByRole('table', {name: 'Audit log'})
  await log.getByRole('row', {name: /Ana rolled back from version 2 to 1 false alarms/}).waitFor()
  await log.getByRole('row', {name: /approval set aside.*the field season begins/}).waitFor()
  await log.getByText(hostileReason).waitFor()
  expect(await page.title()).not.toBe('1')
  expect(await seriousFaultsInBoth(page)).toEqual([])

  // A log that was changed by hand is told as such.
  const place = join(folder, '.bancada', 'models', 'penguins', 'log')
  const file = join(place, (await readdir(place)).sort()[1]!)
  await writeFile(file, (await readFile(file, 'utf8')).replace('0.95', '0.99'))
  await page.reload()
  await page.getByText('log damaged').waitFor()
  await page.getByRole('alert').first().waitFor()
})

test('a version of the document is tried, rehearsed, and leads to its run', async () => {
  const {page} = await openProjectWindow({ran: true, place: {screen: 'models'}})
  await page.getByRole('heading', {name: 'penguin-species'}).waitFor()
  await page.getByRole('tab', {name: 'Card'}).click()
  await page.getByRole('heading', {name: 'Evidence'}).waitFor()
  await page.getByRole('button', {name: 'Write its texts'}).click()
  const limits = page.getByRole('textbox', {name: 'Known limitations'})
  await limits.fill('Adult birds of three islands only.')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', {name: 'Save'}).click()
  await page.getByText('Adult birds of three islands only.').waitFor()
  await page.getByRole('tab', {name: 'Audit log'}).click()
  await page.getByRole('cell', {name: 'wrote in the card of version 1'}).waitFor()
  await page.getByRole('tab', {name: 'Try it'}).click()
  await page.getByRole('button', {name: 'Start', exact: true}).click()
  await page.getByRole('textbox', {name: 'Body Mass (g)'}).fill('5400')
  await page.getByRole('textbox', {name: 'Flipper Length (mm)'}).fill('225')
  await page.getByRole('textbox', {name: 'Island'}).fill('Biscoe')
  await page.getByRole('button', {name: 'Ask'}).click()
  const answers = page.getByRole('region', {name: 'Answers'})
  await answers.getByRole('cell', {name: 'Gentoo', exact: true}).waitFor()
  await page.getByText(/^1 answer in /).waitFor()
  await page.getByRole('textbox', {name: 'Body Mass (g)'}).fill('heavy')
  await page.getByRole('button', {name: 'Ask'}).click()
  await page.getByRole('alert').filter({hasText: '"heavy" is no number'}).waitFor()
  // A file of rows: each is answered, in its order; one that does not fit is told by its line.
  const upload = async (name: string, content: string) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', {name: /^Rows from a file/}).click(),
    ])
    await chooser.setFiles({name, mimeType: 'text/plain', buffer: Buffer.from(content)})
  }
  const header = 'Island,Beak Length (mm),Beak Depth (mm),Flipper Length (mm),Body Mass (g),Sex'
  const gentoo = 'Biscoe,47.5,14.2,225,5400,FEMALE'
  await upload('birds.csv', `${header}\n${gentoo}\nTorgersen,36.6,18.4,180,3300,FEMALE\n`)
  await page.getByText(/^2 answers in /).waitFor()
  await expect.poll(() => answers.getByRole('row').nth(1).textContent()).toContain('Gentoo')
  await expect.poll(() => answers.getByRole('row').nth(2).textContent()).toContain('Adelie')
  await upload('birds.csv', `${header}\n${gentoo},7\n`)
  await page.getByRole('alert').filter({hasText: 'line 2 has 7 fields, the header has 6'}).waitFor()
  await upload('birds.json', '[{"Body Mass (g)": 5400, "Flipper Length (mm)": 225}]')
  await page.getByText(/^1 answer in /).waitFor()
  await page.getByRole('button', {name: 'Stop', exact: true}).click()
  await page.getByRole('button', {name: 'Rehearse'}).click()
  await page
    .getByRole('rowheader', {name: /mismatch/i})
    .first()
    .waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('tab', {name: 'Version 1'}).click()
  await page.getByRole('button', {name: /^Run 20/}).click()
  await page.getByRole('table', {name: 'Confusion matrix'}).waitFor()
})

test('a version is downloaded; what was never packaged is packaged first', async () => {
  const {page, folder} = await openProjectWindow({ran: true, place: {screen: 'models'}})
  const dialog = page.getByRole('dialog')
  const open = async () => {
    await page.getByRole('button', {name: 'Download …'}).click()
    await dialog.getByRole('radio', {name: /ZIP archive/}).waitFor()
  }
  const take = async (button: string) => {
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', {name: button, exact: true}).click(),
    ])
    return {name: saved.suggestedFilename(), bytes: await readFile(await saved.path())}
  }

  // Without its bundle: the document still makes this version, so that it is packaged here.
  const objects = join(folder, '.bancada', 'objects')
  for (const hash of await readdir(objects))
    if ((await readdir(join(objects, hash))).includes('bundle'))
      await rm(join(objects, hash), {recursive: true})
  await open()
  await dialog.getByRole('button', {name: 'Download', exact: true}).click()
  await dialog.getByText('The version has not been packaged.').waitFor()
  expect(await seriousFaultsInBoth(page)).toEqual([])
  const archive = await take('Package it now')
  expect(archive.name).toBe('penguin-species-1.zip')
  const sha256 = createHash('sha256').update(archive.bytes).digest('hex')
  await dialog.getByText(sha256).waitFor()
  expect(await seriousFaults(page)).toEqual([])

  // From the folder that it is unpacked to, it gives the answers that the app gave.
  const place = await temporaryFolder()
  for (const [path, content] of Object.entries(unzipSync(archive.bytes))) {
    await mkdir(dirname(join(place, path)), {recursive: true})
    await writeFile(join(place, path), content)
  }
  expect(await checkGolden(join(place, 'penguin-species-1'))).toMatchObject({mismatches: 0})
  expect((await take('Download it again')).bytes.equals(archive.bytes)).toBe(true)

  await dialog.getByRole('radio', {name: /graph alone/}).check()
  const graph = await take('Download')
  expect(graph.name).toBe('penguin-species-1.onnx')
  const {versions} = await registry(join(folder, '.bancada', 'models')).models.get(
    'penguin-species',
  )
  const {sha256: registered} = versions[0]!.files.find(({name}) => name === 'model.onnx')!
  expect(createHash('sha256').update(graph.bytes).digest('hex')).toBe(registered)
  await dialog.getByText(registered).waitFor()
  await dialog.getByRole('radio', {name: /as a page/}).check()
  const card = await take('Download')
  expect(card.name).toBe('penguin-species-1-card.html')
  expect(String(card.bytes)).toContain('<h1>Model card: penguin-species, version 1</h1>')
  await dialog.getByRole('button', {name: 'Close'}).last().click()

  // A file that was lost is told, with what to do.
  const kept = join(folder, '.bancada', 'models', 'penguin-species', 'versions')
  await rm(join(kept, (await readdir(kept))[0]!, 'model.onnx'))
  await open()
  await dialog.getByRole('radio', {name: /graph alone/}).check()
  await dialog.getByRole('button', {name: 'Download', exact: true}).click()
  await dialog.getByRole('alert').filter({hasText: 'was changed or lost'}).waitFor()
  await dialog.getByRole('button', {name: 'Close'}).last().click()

  // A document that makes something else by now does not package an old version.
  for (const hash of await readdir(objects))
    if ((await readdir(join(objects, hash))).includes('bundle'))
      await rm(join(objects, hash), {recursive: true})
  const file = join(folder, 'notebooks', 'mini-pipeline.md')
  await writeFile(file, (await readFile(file, 'utf8')).replace('test: 0.2', 'test: 0.3'))
  await page.getByRole('tab', {name: 'Try it'}).click()
  await page.getByRole('button', {name: 'Start', exact: true}).click()
  await page.getByRole('alert').filter({hasText: 'makes something else by now'}).waitFor()
  await page.getByRole('button', {name: 'Go to the document'}).click()
  await page.getByRole('heading', {name: 'Which penguin is this?'}).waitFor()
}, 240_000)

test('a file of rows is read as its columns are typed', () => {
  expect(csvRows('a,"b ""x"""\r\n1,"two\nlines"\r\n,\n')).toEqual([
    {a: '1', 'b "x"': 'two\nlines'},
    {a: null, 'b "x"': null},
  ])
  expect(() => csvRows('a,b\n1\n')).toThrow('line 2 has 1 fields, the header has 2')
  expect(() => csvRows('a\n"x\n')).toThrow('quotation mark')
  expect(rowsOfFile('x.json', '{"a": 1}')).toEqual([{a: 1}])
  expect(rowsOfFile('x.jsonl', '{"a": 1}\n{"a": 2}\n')).toEqual([{a: 1}, {a: 2}])
  expect(() => rowsOfFile('x.json', '[1]')).toThrow('1 is no row')
  expect(() => rowsOfFile('x.csv', 'a,b\n')).toThrow('holds no row')
  const inputs = [
    {name: 'mass', type: 'DOUBLE', kind: 'number' as const},
    {name: 'wild', type: 'BOOLEAN', kind: 'boolean' as const},
  ]
  expect(typedRow(inputs, {mass: ' 3.5 ', wild: 'False', id: '7'})).toEqual({
    mass: 3.5,
    wild: false,
    id: '7',
  })
  expect(() => typedRow(inputs, {mass: 'heavy'})).toThrow('"heavy" is no number')
})

import {existsSync} from 'node:fs'
import {mkdir, readdir, readlink, truncate, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import type {MatrixSpec} from '../../../core/data/matrix.ts'
import {Session} from '../../../core/data/session.ts'
import {raw} from '../../../core/data/sql.ts'
import type {Matrix, Rows, Spool} from '../../../core/plugin.ts'
import {batches} from '../../../core/train/batches.ts'
import {bytesHeld, passesOver, type Window} from '../../../core/train/blocks.ts'
import {changed, holdOut, pieces, room} from '../../../core/train/rows.ts'
import {writeSpool} from '../../../core/train/spool.ts'
import {temporaryFolder} from '../../support/folder.ts'
import {smallDisk} from '../../support/small-disk.ts'

const rows = 5003
/** Rows whose features tell their number, sorted by it and so by the target, too. */
const sorted = `select i as a, 7 as same, -i as b, i // 1000 as y, i + 0.5 as w from range(${rows}) t(i)`
const spec: MatrixSpec = {
  features: ['a', 'same', 'b'],
  target: 'y',
  task: 'regression',
  weights: 'w',
}
const bytes = 4 * 5

type More = Partial<{
  query: string
  spec: MatrixSpec
  block: number
  seed: number
  expected: number
  folder: string
}>

async function spooled(more: More = {}) {
  const folder = more.folder ?? join(await temporaryFolder(), 'out')
  const session = await Session.open({folder, threads: 2})
  onTestFinished(() => session.close())
  const open = await writeSpool(
    session,
    await session.relation(raw(more.query ?? sorted)),
    more.spec ?? spec,
    {
      signal: new AbortController().signal,
      tell: () => {},
      folder,
      expected: rows,
      seed: 1,
      block: 800 * bytes,
      ...more,
    },
  )
  onTestFinished(open.close)
  return {...open, folder}
}

const numbers = ({x, rows}: Matrix) => Array.from({length: rows}, (_, i) => x[3 * i]!)
async function stripe(spool: Spool, i: number): Promise<number[]> {
  const into = room(spool, spool.stripes[i]!)
  await spool.read(i, into, 0)
  return numbers({rows: spool.stripes[i]!, x: into.x!})
}
async function all(rows: Rows): Promise<number[]> {
  const found: number[] = []
  for await (const piece of pieces(rows)) found.push(...numbers(piece))
  return found
}
const ascending = (values: number[]) => [...values].sort((a, b) => a - b)
const every = Array.from({length: rows}, (_, i) => i)

test('a spool has every row once, whole, and knows what never varies', async () => {
  const {spool, setAside} = await spooled()
  expect(spool).toMatchObject({rows, features: 3, weighted: true, constant: [1]})
  expect(setAside).toEqual({noTarget: 0, unknownClass: 0})
  expect(ascending(await all(spool))).toEqual(every)
  for await (const {x, y, weights, rows} of pieces(spool))
    for (let i = 0; i < rows; i++) {
      const a = x[3 * i]!
      expect([...x.subarray(3 * i, 3 * i + 3), y![i], weights![i]]).toEqual([
        a,
        7,
        0 - a,
        Math.floor(a / 1000),
        a + 0.5,
      ])
    }
})

test('each stripe of a sorted table is a sample of the whole of it', async () => {
  const {spool} = await spooled()
  expect(spool.stripes.length).toBeGreaterThan(60)
  expect(Math.max(...spool.stripes) - Math.min(...spool.stripes)).toBeLessThanOrEqual(1)
  // Some 50 rows each. A block of 800 rows gives each stripe the same number, and the rest waits for the next.
  const each = Math.floor(800 / spool.stripes.length)
  const dealt = each * spool.stripes.length
  expect(each).toBeGreaterThan(5)
  for (let i = 0; i < spool.stripes.length; i++) {
    const found = await stripe(spool, i)
    for (let from = 0; from + dealt <= rows; from += dealt)
      expect(found.filter(a => a >= from && a < from + dealt).length).toBe(each)
    expect(found).not.toEqual(ascending(found))
  }
})

test('the same seed gives the same stripes, another seed others', async () => {
  const [one, same, other] = [await spooled(), await spooled(), await spooled({seed: 2})]
  expect(await all(same.spool)).toEqual(await all(one.spool))
  expect(await all(other.spool)).not.toEqual(await all(one.spool))
})

test('rows without a target, or of a class that is not listed, are left out and counted', async () => {
  const query = `select i as a, 7 as same, -i as b, if(i % 3 = 0, null, i % 4)::varchar as y from range(${rows}) t(i)`
  const {spool, setAside} = await spooled({
    query,
    spec: {
      features: ['a', 'same', 'b'],
      target: 'y',
      task: 'classification',
      classes: ['0', '1', '2'],
    },
  })
  const left = every.filter(i => i % 3 > 0 && i % 4 < 3)
  expect(setAside).toEqual({
    noTarget: Math.ceil(rows / 3),
    unknownClass: rows - left.length - Math.ceil(rows / 3),
  })
  expect(spool.rows).toBe(left.length)
  expect(ascending(await all(spool))).toEqual(left)
})

for (const few of [1, 5, 63, 64, 100])
  test(`few rows, too: ${few}`, async () => {
    const {spool} = await spooled({query: `${sorted} where i < ${few}`, expected: few})
    expect(spool.stripes.reduce((a, b) => a + b, 0)).toBe(few)
    expect(ascending(await all(spool))).toEqual(every.slice(0, few))
  })

test('values that nothing can be learned from are told as for rows in memory', async () => {
  const query = sorted.replace('i as a', 'nullif(i, 4000) as a')
  await expect(spooled({query})).rejects.toMatchObject({
    code: 'bad-data',
    message: '"a" has 1 missing value',
  })
  await expect(spooled({query: sorted.replace('i + 0.5', '-1')})).rejects.toMatchObject({
    message: 'a row weight in "w" is negative',
  })
  await expect(spooled({expected: 5000})).rejects.toMatchObject({
    message: 'the query gave more rows than the 5,000 that were counted',
  })
})

/** The rows of an epoch's batches, as a course takes them. */
async function epochOf(
  rows: Rows,
  epoch: number,
  {batchSize, from = 0}: {batchSize: number; from?: number},
  passes = passesOver(rows, {batchSize, epochs: 3, seed: 1}),
) {
  const cuts = batches(rows.rows, batchSize)
  const found: {batch: number[]; window: Window}[] = []
  let window: Window | undefined
  for (let i = from; i < cuts.length; i++) {
    if (!window || i >= window.until) window = await passes.window(epoch, i)
    const {order, rows, from: first} = window
    const {from, to} = cuts[i]!
    const drawn = order.subarray(from - first, to - first)
    found.push({window, batch: Array.from(drawn, at => rows.x[3 * at]!)})
    expect(drawn.length).toBe(to - from)
  }
  await passes.close()
  return found
}

for (const batchSize of [7, 100, 799, 3000, 9000])
  test(`an epoch has each row once, in batches as they are cut in memory: of ${batchSize}`, async () => {
    const {spool} = await spooled()
    const passes = passesOver(spool, {batchSize, epochs: 3, seed: 1})
    const epochs = []
    for (const epoch of [1, 2, 3])
      epochs.push((await epochOf(spool, epoch, {batchSize}, passes)).map(({batch}) => batch))
    for (const found of epochs) {
      expect(found.length).toBe(Math.ceil(rows / batchSize))
      expect(ascending(found.flat())).toEqual(every)
    }
    expect(epochs[1]).not.toEqual(epochs[0])
    expect(epochs[2]).not.toEqual(epochs[1])
    // Taken up anywhere, an epoch goes on as if it had not been broken off.
    for (const from of [1, 2, Math.floor(rows / batchSize / 2), Math.ceil(rows / batchSize) - 1])
      expect((await epochOf(spool, 2, {batchSize, from})).map(({batch}) => batch)).toEqual(
        epochs[1]!.slice(from),
      )
  })

test('a batch has rows from all over a sorted table, and hardly any neighbours', async () => {
  const {spool} = await spooled()
  const found = await epochOf(spool, 1, {batchSize: 100})
  let neighbours = 0
  for (const {batch} of found) {
    for (let from = 0; from < 5000; from += 1000)
      expect(batch.filter(a => a >= from && a < from + 1000).length).toBeGreaterThan(4)
    for (const [i, a] of batch.entries()) if (Math.abs(a - (batch[i + 1] ?? -9)) === 1) neighbours++
  }
  // Of 5,000 pairs in a random order two are of neighbours.
  expect(neighbours).toBeLessThan(20)
  expect(new Set(found.map(({window}) => window)).size).toBeGreaterThan(5)
})

test('which rows share a block changes from epoch to epoch', async () => {
  const {spool} = await spooled()
  const blocks = async (epoch: number) => {
    const windows = new Set((await epochOf(spool, epoch, {batchSize: 10})).map(f => f.window))
    return windows.size
  }
  expect(await blocks(1)).toBe(7)
  const first = async (epoch: number) => {
    const passes = passesOver(spool, {batchSize: 10, epochs: 3, seed: 1})
    const {rows} = await passes.window(epoch, 0)
    const found = new Set(numbers(rows))
    await passes.close()
    return found
  }
  const [one, two] = [await first(1), await first(2)]
  const shared = [...two].filter(a => one.has(a)).length
  // A seventh of a block is of the same block again by chance.
  expect(shared).toBeLessThan(one.size / 2)
})

test('no more than two blocks are held', async () => {
  const {spool} = await spooled()
  expect(bytesHeld(spool, 10)).toBeLessThan(2 * 800 * bytes * 1.1)
  // A batch must fit into a block.
  expect(bytesHeld(spool, 3000)).toBeGreaterThan(2 * 3000 * bytes)
})

test('rows are held out by whole stripes', async () => {
  const {spool} = await spooled()
  const {held, rest} = holdOut(spool, 0.1, 1)!
  expect(held.rows / rows).toBeGreaterThan(0.08)
  expect(held.rows / rows).toBeLessThan(0.12)
  const [out, left] = [await all(held), await all(rest)]
  expect(ascending([...out, ...left])).toEqual(every)
  for (let from = 0; from < 5000; from += 1000)
    expect(out.filter(a => a >= from && a < from + 1000).length).toBeGreaterThan(50)
  expect(await all(holdOut(spool, 0.1, 2)!.held)).not.toEqual(out)
})

test('changed targets and weights are changed whenever they are read', async () => {
  const {spool} = await spooled()
  const other = changed(changed(spool, {y: y => 10 * y}), {weights: (w, y) => w + y, y: y => y + 1})
  for await (const {x, y, weights, rows} of pieces(other))
    for (let i = 0; i < rows; i++) {
      const thousand = Math.floor(x[3 * i]! / 1000)
      expect([y![i], weights![i]]).toEqual([10 * thousand + 1, x[3 * i]! + 0.5 + 10 * thousand])
    }
})

const linux = existsSync('/proc/self/fd')

test('its files are gone from the folder while it is open', async () => {
  const {folder} = await spooled()
  expect(await readdir(folder)).not.toContainEqual(expect.stringContaining('spool'))
})

test.runIf(linux)('a file that lost rows is damage, told in words', async () => {
  const {spool, folder} = await spooled()
  const mine = (await readdir('/proc/self/fd')).map(fd => `/proc/self/fd/${fd}`)
  for (const fd of mine) {
    const file = await readlink(fd).catch(() => '')
    if (file.startsWith(folder) && file.includes('.x.')) await truncate(fd, 10_000)
  }
  await expect(all(spool)).rejects.toMatchObject({code: 'damaged', where: folder})
  // While it is read for the next step, too, and not as an error that nobody waits for.
  await expect(epochOf(spool, 1, {batchSize: 10})).rejects.toMatchObject({code: 'damaged'})
})

test('rows that the disk has no room for are refused before any is written', async () => {
  const query = `select ${Array.from({length: 500}, (_, j) => `i + ${j} as c${j}`)}, i as y from range(1000000000000) t(i)`
  const wide = {
    features: Array.from({length: 500}, (_, j) => `c${j}`),
    target: 'y',
    task: 'regression',
  } as const
  const folder = join(await temporaryFolder(), 'out')
  await expect(
    spooled({query, spec: wide, expected: 1e12, folder, block: 1e6}),
  ).rejects.toMatchObject({
    code: 'no-space',
    message: expect.stringMatching(
      /^the training rows need [\d.,]+ GiB on disk, and [\d.,]+ \w+ are free$/,
    ),
    where: folder,
  })
})

test('a disk that fills up meanwhile is told, too', async context => {
  const folder = join(await temporaryFolder(), 'out')
  await mkdir(folder)
  if (!smallDisk(folder)) return context.skip()
  const session = await Session.open({folder, threads: 1, temp: await temporaryFolder()})
  onTestFinished(() => session.close())
  const many = await session.relation(raw(sorted.replace(`${rows}`, '45000')))
  // Another program takes the room that was there at first.
  const meanwhile: Session = Object.assign(Object.create(session), {
    async *chunks(...given: Parameters<Session['chunks']>) {
      await writeFile(join(folder, 'other'), Buffer.alloc(600_000))
      yield* session.chunks(...given)
    },
  })
  const writing = writeSpool(meanwhile, many, spec, {
    signal: new AbortController().signal,
    tell: () => {},
    folder,
    expected: 45_000,
    seed: 1,
    block: 800 * bytes,
  })
  await expect(writing).rejects.toMatchObject({
    code: 'no-space',
    message: 'the disk is full',
    where: folder,
  })
})

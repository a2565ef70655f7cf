// The whole way, as the demo goes it: the built command, real workers, a real server.
import {readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {bancada, lastJson, start} from '../support/cli.ts'
import {temporaryFolder} from '../support/folder.ts'

const long = 120_000

test(
  'the demo goes from a data file to a served model and a drift alarm, and then from the cache',
  async () => {
    const folder = join(await temporaryFolder(), 'mini')
    const first = lastJson(await bancada('demo', '--folder', folder, '--json'))
    expect(first).toMatchObject({
      ok: true,
      rows: {penguins: 344, adults: 342, parts: 342, scores: 68},
      model: {name: 'penguin-species', version: 1, stage: 'none'},
      serving: {mismatches: 0},
      drift: {same: false, shifted: true},
      cached: 0,
    })
    // What a logistic regression reaches on these birds; the majority class alone gives 0.44.
    expect(first.metrics.macro_f1).toBeGreaterThan(0.95)
    expect(first.serving.golden).toBeGreaterThan(24)

    const second = lastJson(await bancada('demo', '--folder', folder, '--json'))
    expect(second).toMatchObject({
      ok: true,
      run: first.run,
      model: {version: 1},
      bundle: first.bundle,
    })
    expect(second.cached).toBe(10)
    expect(second.metrics).toEqual(first.metrics)
    expect(await readdir(join(folder, '.bancada', 'runs'))).toHaveLength(1)
  },
  long,
)

test(
  'the command line tells what a run leans on and what its training said',
  async () => {
    const folder = join(await temporaryFolder(), 'mini')
    const {run} = lastJson(await bancada('demo', '--folder', folder, '--json'))
    const runs = (...args: string[]) => bancada('runs', ...args, '--project', folder)
    const read = await runs('explain', run, '--metric', 'accuracy', '--repeats', '4')
    expect(read.stdout).toMatch(/accuracy is 0\.\d+ on 68 of 68 test rows; .* shuffled 4 times/)
    expect(read.stdout).toContain('Columns as the cell parts gives them')
    const {explanation} = lastJson(await runs('explain', run, '--json'))
    expect(explanation).toMatchObject({metric: {name: 'macro_f1'}, repeats: 10, seed: 1})
    expect(explanation.importance[0]).toMatchObject({
      name: 'Beak Length (mm)',
      values: expect.arrayContaining([expect.any(Number)]),
    })
    const wrong = await runs('explain', run, '--metric', 'acuracy', '--json')
    expect(wrong.code).toBe(1)
    expect(lastJson(wrong)).toMatchObject({fault: {hint: 'did you mean "accuracy"?'}})

    expect((await runs('logs', run)).stdout).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} the training process \d+ may use .* finished\n$/s,
    )
    const {lines} = lastJson(await runs('logs', run, '--json'))
    expect(lines.at(-1)).toMatchObject({from: 'bancada', text: 'finished'})

    await writeFile(
      join(folder, 'notebooks', 'wrong.md'),
      '```sql cell=few\nselect * from (values (1.0, 2.0), (2.0, null::double)) t(x, y)\n```\n\n```yaml cell=line kind=linear from=few\ntarget: x\n```\n',
    )
    const failed = await bancada('run', 'wrong', '--project', folder)
    const [, id] = /`bancada runs logs ([\w-]+)`/.exec(failed.stdout)!
    expect((await runs('logs', id!)).stdout).toContain('error "y" has 1 missing value')
  },
  long,
)

test(
  'an approval comes before production, and the audit log tells who did what',
  async () => {
    const folder = join(await temporaryFolder(), 'mini')
    await bancada('demo', '--folder', folder, '--json')
    const act = (...args: string[]) => bancada('models', ...args, '--project', folder, '--json')
    const refused = await act('promote', 'penguin-species', '1', 'production')
    expect(refused.code).toBe(1)
    expect(lastJson(refused)).toMatchObject({
      ok: false,
      fault: {code: 'refused', hint: expect.stringContaining('approve')},
    })
    expect((await act('approve', 'penguin-species', '1', '--why', 'reviewed')).code).toBe(0)
    expect(lastJson(await act('promote', 'penguin-species', '1', 'production'))).toMatchObject({
      version: {stage: 'production'},
    })
    const {events} = lastJson(await act('audit', 'penguin-species'))
    expect(events.map((e: {type: string}) => e.type)).toEqual([
      'registered',
      'approved',
      'stage-changed',
    ])
    // The registry is the truth about stages; the document’s cell reads it afresh.
    const again = lastJson(await bancada('demo', '--folder', folder, '--json'))
    expect(again.model).toEqual({name: 'penguin-species', version: 1, stage: 'production'})
  },
  long,
)

test(
  'after kill -9 in the middle, the next run goes on with what was finished',
  async () => {
    const folder = join(await temporaryFolder(), 'mini')
    expect((await bancada('new', folder, '--template', 'mini-pipeline')).code).toBe(0)
    const {child, done} = start('run', '--project', folder, '--json')
    const objects = join(folder, '.bancada', 'objects')
    for (;;) {
      const finished = await readdir(objects).catch(() => [])
      if (finished.length >= 3) break
      await new Promise(next => setTimeout(next, 5))
    }
    child.kill('SIGKILL')
    await done
    const kept = (await readdir(objects)).length
    const {ok, cells} = lastJson(await bancada('run', '--project', folder, '--json'))
    expect(ok).toBe(true)
    expect(cells.filter((c: {cached: boolean}) => c.cached).length).toBeGreaterThanOrEqual(
      Math.min(kept, 3),
    )
  },
  long,
)

test(
  'two processes may run one document at the same time',
  async () => {
    const folder = join(await temporaryFolder(), 'mini')
    await bancada('new', folder, '--template', 'mini-pipeline')
    const both = await Promise.all([1, 2].map(() => bancada('run', '--project', folder, '--json')))
    for (const ran of both) expect(lastJson(ran)).toMatchObject({ok: true})
    const models = lastJson(await bancada('models', '--project', folder, '--json'))
    expect(models.models[0].versions).toHaveLength(1)
  },
  long,
)

test(
  'a hand-edited result is noticed and made again',
  async () => {
    const folder = join(await temporaryFolder(), 'mini')
    await bancada('new', folder, '--template', 'mini-pipeline')
    const run = () => bancada('run', '--project', folder, '--cell', 'adults', '--json')
    const {cells} = lastJson(await run())
    const adults = cells.find((c: {cell: string}) => c.cell === 'adults')
    await writeFile(join(folder, '.bancada', 'objects', adults.hash, 'table.parquet'), 'torn')
    const again = lastJson(await run())
    expect(again.cells).toMatchObject([
      {cell: 'penguins', cached: true},
      {cell: 'adults', cached: false},
    ])
    expect(again.ok).toBe(true)
  },
  long,
)

test(
  'what is lost or damaged of a registered version is made again by the next run',
  async () => {
    const folder = join(await temporaryFolder(), 'mini')
    await bancada('new', folder, '--template', 'mini-pipeline')
    const run = async () =>
      lastJson(await bancada('run', '--project', folder, '--cell', 'version', '--json'))
    const model = join(folder, '.bancada', 'models', 'penguin-species')
    const version = async () => {
      const [digest] = await readdir(join(model, 'versions'))
      return {digest, onnx: await readFile(join(model, 'versions', digest!, 'model.onnx'))}
    }
    expect(await run()).toMatchObject({ok: true})
    const first = await version()
    await writeFile(join(model, 'versions', first.digest!, 'model.onnx'), 'torn')
    expect(await run()).toMatchObject({ok: true})
    expect(await version()).toEqual(first)
    await rm(model, {recursive: true})
    expect(await run()).toMatchObject({ok: true})
    expect(await version()).toEqual(first)
  },
  long,
)

test(
  'exit codes and JSON tell a program what went wrong',
  async () => {
    const folder = join(await temporaryFolder(), 'mini')
    const nowhere = await bancada('run', '--project', folder, '--json')
    expect(nowhere.code).toBe(1)
    expect(lastJson(nowhere)).toMatchObject({ok: false, fault: {code: 'missing-file'}})
    const typo = await bancada('rum')
    expect(typo.code).toBe(2)
    expect(typo.stderr).toContain('did you mean "run"?')
    const option = await bancada('run', '--jsn')
    expect(option.code).toBe(2)
    expect(option.stderr).toContain('did you mean "json"?')
    await bancada('new', folder, '--template', 'mini-pipeline')
    const document = join(folder, 'notebooks/mini-pipeline.md')
    const text = await readFile(document, 'utf8')
    await writeFile(document, text.replace('target: Species', 'target: Speciess'))
    const failed = await bancada('run', '--project', folder, '--cell', 'classifier')
    expect(failed.code).toBe(1)
    expect(failed.stdout).toContain('did you mean "Species"?')
  },
  long,
)

test(
  'every command has a help with examples',
  async () => {
    const {stdout} = await bancada('help')
    const names = [...stdout.matchAll(/^ {2}(\S+) {2,}/gm)].map(m => m[1]!)
    expect(names.length).toBeGreaterThanOrEqual(9)
    for (const name of names) {
      const help = await bancada(name, '--help')
      expect(help.code, name).toBe(0)
      expect(help.stdout, name).toMatch(
        new RegExp(`^bancada ${name}[\\s\\S]*Examples\\n {2}bancada ${name}`),
      )
    }
  },
  long,
)

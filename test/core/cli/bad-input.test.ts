// Bad input as a user meets it: the real command, its words, its exit code, and what it leaves behind.
import {spawnSync} from 'node:child_process'
import {cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {beforeAll, expect, onTestFinished, test} from 'vitest'
import type {Fault} from '../../../core/error.ts'
import {packageRoot} from '../../../core/package-root.ts'
import {createProject} from '../../../core/project.ts'
import type {Settled} from '../../../core/schema/result.ts'
import {bancada, lastJson, type Ran, start} from '../../support/cli.ts'
import {temporaryFolder} from '../../support/folder.ts'
import {readOnly} from '../../support/unprivileged.ts'

let made: string

beforeAll(async () => {
  made = join(await mkdtemp(join(tmpdir(), 'bancada-test-')), 'p')
  await createProject(made)
  await mkdir(join(made, 'data'), {recursive: true})
  await writeFile(
    join(made, 'data', 'good.csv'),
    rows(i => (i % 3 === 0 ? 'yes' : 'no')),
  )
  await writeFile(join(made, 'notebooks', 'good.md'), pipeline('good'))
  return () => rm(join(made, '..'), {recursive: true, force: true})
})

/** A project of its own, with one good document. */
async function project(): Promise<string> {
  const folder = join(await temporaryFolder(), 'p')
  await cp(made, folder, {recursive: true})
  return folder
}

const rows = (target: (i: number) => string, n = 60) =>
  `x,y,t\n${Array.from({length: n}, (_, i) => `${i},${(i * 7) % 11},${target(i)}\n`).join('')}`

const source = (name: string) =>
  `\`\`\`yaml cell=${name} kind=source\nfile: data/${name}.csv\n\`\`\`\n`

const pipeline = (name: string) => `# ${name}

${source(name)}
\`\`\`yaml cell=${name}_parts kind=split from=${name}
test: 0.2
seed: 1
\`\`\`

\`\`\`yaml cell=${name}_net kind=logistic from=${name}_parts
target: t
\`\`\`
`

type Told = {
  ok: boolean
  cells: (Settled & {hash?: string; warnings?: string[]; rows?: number})[]
  problems: object[]
}
const cellsOf = (ran: Ran) =>
  Object.fromEntries((lastJson(ran) as Told).cells.map(cell => [cell.cell, cell]))

test('each bad file tells what is wrong and where, and the good rows of the others are read', async () => {
  const folder = await project()
  const files: Record<string, string | Buffer> = {
    empty: '',
    header: 'a,b\n',
    binary: Buffer.from('89504e470d0a1a0a0000000d494844520000010000000100', 'hex'),
    nul: 'a,b\n1,x\0y\n2,z\n',
    utf8: Buffer.concat([
      Buffer.from('a,b\n1,ação\n2,x'),
      Buffer.from([0xe9]),
      Buffer.from('\n3,não\n'),
    ]),
    ragged: 'a,b,c\n1,2,3\n4,5\n6,7,8,9\n7,8,9\n',
    broken: 'a,b\n1,2,3\n4,5,6\n',
    names: 'id,,Id,🐧,id\n1,2,3,4,5\n',
    missing: 'a,b\n1,\n2,\n',
    // Longer than a line that DuckDB reads unasked.
    long: `a,b\n1,"${'x'.repeat(5e6)}"\n2,y\n`,
  }
  for (const [name, content] of Object.entries(files))
    await writeFile(join(folder, 'data', `${name}.csv`), content)
  const cells = [...Object.keys(files), 'goood'].map(source)
  await writeFile(join(folder, 'notebooks', 'sources.md'), cells.join('\n'))
  const ran = await bancada('run', 'sources', '--json', '--project', folder)
  expect([ran.code, ran.stderr]).toEqual([1, ''])
  const found = cellsOf(ran)
  expect(faults(found)).toEqual({
    empty: {
      code: 'bad-data',
      message: '"data/empty.csv" is empty (0 bytes)',
      hint: 'export it again, or choose another file',
      where: 'data/empty.csv',
    },
    binary: {
      code: 'bad-data',
      message: '"data/binary.csv" is a PNG image, not CSV',
      hint: 'an images cell reads a folder of images',
      where: 'data/binary.csv',
    },
    broken: {
      code: 'bad-data',
      message:
        'no row of "data/broken.csv" could be read: 2 of 2 are broken; the first: 3 fields where there are 2 columns',
      hint: 'set delimiter, quote, header, encoding or types to what the file really has',
      where: 'data/broken.csv:2',
    },
    goood: {
      code: 'missing-file',
      message: 'there is no file "data/goood.csv" in the project',
      hint: 'did you mean "data/good.csv"?',
      where: 'goood',
    },
  })
  const told = (name: string) => [found[name]!.rows, found[name]!.warnings]
  expect(told('header')).toEqual([0, ['a', 'b'].map(noValues)])
  expect(told('nul')).toEqual([2, []])
  expect(told('utf8')).toEqual([
    2,
    ['1 row could not be read and is kept aside: data/utf8.csv:3: broken UTF-8'],
  ])
  expect(told('ragged')).toEqual([
    2,
    [
      '2 rows could not be read and are kept aside; the first: data/ragged.csv:3: 2 fields where there are 3 columns',
    ],
  ])
  expect(told('names')).toEqual([
    1,
    [
      'column 2 has no name and is called "column_2"',
      'a second column "Id" (column 3) is called "Id_2"',
      'a second column "id" (column 5) is called "id_3"',
    ],
  ])
  expect(told('missing')).toEqual([2, [noValues('b')]])
  expect(told('long')).toEqual([2, []])
})

const noValues = (name: string) => `"${name}" has no values; it is text until you give it a type`

/** A fault without the values apart, which other languages are for, and without its run: each time another. */
const inEnglish = ({said, run, ...fault}: Fault) => fault

const faults = (cells: ReturnType<typeof cellsOf>) =>
  Object.fromEntries(
    Object.values(cells).flatMap(c => (c.state === 'failed' ? [[c.cell, inEnglish(c.fault)]] : [])),
  )

test('tables that no model can learn from are told apart', async () => {
  const folder = await project()
  const files = {
    one_class: rows(() => 'yes'),
    one_row: rows(() => 'yes', 1),
    no_rows: rows(() => '', 0),
    no_target: rows(() => ''),
    some_targets: rows(i => (i % 5 === 0 ? '' : i % 2 ? 'yes' : 'no')),
  }
  for (const [name, content] of Object.entries(files))
    await writeFile(join(folder, 'data', `${name}.csv`), content)
  await writeFile(
    join(folder, 'notebooks', 'models.md'),
    Object.keys(files).map(pipeline).join('\n'),
  )
  const ran = await bancada('run', 'models', '--json', '--project', folder)
  expect(ran.code).toBe(1)
  const cells = cellsOf(ran)
  const oneClass = {
    code: 'bad-data',
    message: 'the target has one class only: "yes"',
    hint: 'a classifier needs rows of two classes or more: check the filters and the split above',
  }
  expect(faults(cells)).toEqual({
    one_class_net: {...oneClass, where: 'one_class_net'},
    one_row_net: {...oneClass, where: 'one_row_net'},
    no_rows_parts: {
      code: 'bad-data',
      message: 'there are no rows to split',
      hint: 'look at the cells above: the file may hold a header only, or a filter left none',
      where: 'no_rows_parts',
    },
    no_target_net: {
      code: 'bad-data',
      message: 'the target is missing in all 48 training rows',
      hint: 'choose another target, or look at how its column was read',
      where: 'no_target_net',
    },
  })
  expect(cells.some_targets_net!.warnings).toEqual([
    expect.stringMatching(/^\d+ training rows without a target were left out$/),
  ])
})

test('what is not there is named, with the nearest that is', async () => {
  const folder = await project()
  const where = ['--project', folder]
  const said = async (...args: string[]) => {
    const {code, stdout, stderr} = await bancada(...args)
    return [code, stdout, stderr]
  }
  const nowhere = join(folder, '..', 'nowhere')
  const found = await Promise.all([said('run', 'god', ...where), said('run', '--project', nowhere)])
  expect(found).toEqual([
    [1, '', 'error no document "god" [missing-file]\n  → there are notebooks/good.md\n'],
    [
      1,
      '',
      `error no project at ${nowhere} [missing-file]\n  → a project is a folder with a bancada.json; \`bancada new FOLDER\` makes one\n`,
    ],
  ])
})

test('a document of a newer version is not run, and no byte of it changes', async () => {
  const folder = await project()
  const file = join(folder, 'notebooks', 'newer.md')
  const content = `---\nbancada: 99\n---\n\n${source('good')}`
  await writeFile(file, content)
  const ran = await bancada('run', 'newer', '--json', '--project', folder)
  expect([ran.code, lastJson(ran)]).toMatchObject([
    1,
    {
      ok: false,
      cells: [],
      problems: [
        {
          code: 'too-new',
          message: 'the document was written by a newer Bancada (version 99; this one knows 1)',
          hint: 'update Bancada to edit or run it',
          where: 'notebooks/newer.md:2:1',
        },
      ],
    },
  ])
  expect(await readFile(file, 'utf8')).toBe(content)
})

test('a bancada.json of a newer version, or a broken one, says so and is left as it is', async () => {
  const mend = 'mend it in an editor, or take it back from your version control'
  const cases = [
    {
      text: '{"version": 9, "title": "x"}',
      fault: {
        code: 'too-new',
        message: 'bancada.json is of version 9',
        hint: 'this Bancada knows version 1; update it',
      },
      key: '',
    },
    {
      text: '{"version": 1, "name": ',
      fault: {
        code: 'damaged',
        message: expect.stringMatching(/^bancada\.json is not JSON: /),
        hint: mend,
      },
      key: '',
    },
    {
      text: '{"version": 1, "name": 3}',
      fault: {
        code: 'damaged',
        message: 'bancada.json does not fit: Invalid input: expected string, received number',
        hint: mend,
      },
      key: ': name',
    },
  ]
  await Promise.all(
    cases.map(async ({text, fault, key}) => {
      const folder = await project()
      const file = join(folder, 'bancada.json')
      await writeFile(file, text)
      const ran = await bancada('open', folder, '--json')
      const where = `${file}${key}`
      const {fault: told, ...rest} = lastJson(ran)
      expect([ran.code, rest, inEnglish(told)]).toEqual([1, {ok: false}, {...fault, where}])
      expect(await readFile(file, 'utf8')).toBe(text)
    }),
  )
})

test('a read-only project says so in words', async () => {
  const folder = await project()
  await rm(join(folder, '.bancada'), {recursive: true, force: true})
  const ran = await readOnly(folder, () => bancada('run', '--json', '--project', folder))
  expect([ran.code, lastJson(ran)]).toEqual([
    1,
    {
      ok: false,
      fault: {
        code: 'read-only',
        message: 'Bancada may not write or read this',
        hint: 'make the folder writable, or copy the project to one that is',
        where: join(folder, '.bancada', 'objects'),
      },
    },
  ])
})

test('two processes that run one document at once end alike, and killed ones are taken up again', async () => {
  const folder = await project()
  const args = ['run', 'good', '--json', '--project', folder]
  const victim = start(...args)
  onTestFinished(() => void victim.child.kill('SIGKILL'))
  const runs = join(folder, '.bancada', 'runs')
  // A run is seen once it has its name; one in the making begins with a dot.
  const begun = async () => (await readdir(runs).catch(() => [])).some(name => /^\d/.test(name))
  while (!(await begun())) await new Promise(resolve => setTimeout(resolve, 20))
  victim.child.kill('SIGKILL')
  await victim.done

  const both = await Promise.all([bancada(...args), bancada(...args)])
  expect(both.map(ran => ran.code)).toEqual([0, 0])
  const [one, other] = both.map(cellsOf)
  for (const name of ['good', 'good_parts', 'good_net'])
    expect(one![name]!.hash).toBe(other![name]!.hash)
  const {rows: list, problems} = lastJson(await bancada('runs', '--json', '--project', folder))
  expect(problems).toEqual([])
  const states = list.map((r: {state: string}) => r.state).sort()
  expect(states[0]).toBe('crashed')
  expect(new Set(states.slice(1))).toEqual(new Set(['finished']))

  // What a hand has changed in the store is made anew, or named where that cannot be seen beforehand.
  const objects = join(folder, '.bancada', 'objects')
  const {hash} = one!.good!
  await writeFile(join(objects, hash!, 'result.json'), '{')
  expect(cellsOf(await bancada(...args)).good).toMatchObject({state: 'done', cached: false})
  const table = join(objects, hash!, 'table.parquet')
  await writeFile(table, Buffer.alloc((await readFile(table)).length))
  await writeFile(
    join(folder, 'notebooks', 'good.md'),
    pipeline('good').replace('seed: 1', 'seed: 2'),
  )
  const damaged = cellsOf(await bancada(...args))
  expect(damaged.good_parts).toMatchObject({
    state: 'failed',
    fault: {
      code: 'damaged',
      message: 'a stored result was changed after it was written',
      hint: 'delete its folder and run the document again: the result is made anew',
      where: `.bancada/objects/${hash}/table.parquet`,
    },
  })
}, 120_000)

test('a run of a newer version is named, and left as it is', async () => {
  const folder = await project()
  const file = join(folder, '.bancada', 'runs', '20260101-000000-000-00000000', 'run.json')
  await mkdir(join(file, '..'), {recursive: true})
  const text = '{"version": 9, "id": "20260101-000000-000-00000000"}'
  await writeFile(file, text)
  const {problems} = lastJson(await bancada('runs', '--json', '--project', folder))
  expect(problems).toMatchObject([
    {
      run: '20260101-000000-000-00000000',
      fault: {
        code: 'too-new',
        message: 'this run is of version 9',
        hint: 'this Bancada knows up to version 1; update it to see this run',
      },
    },
  ])
  const star = await bancada('runs', 'star', '20260101-000000-000-00000000', '--project', folder)
  expect([star.code, star.stderr]).toEqual([1, expect.stringContaining('[too-new]')])
  expect(await readFile(file, 'utf8')).toBe(text)
})

const mounts = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0

test.skipIf(!mounts)(
  'on a full disk nothing is torn, what was finished is kept, and with space it goes on (needs root on Linux for a small disk)',
  async () => {
    const folder = await temporaryFolder()
    const cli = `"${process.execPath}" "${join(packageRoot(), 'dist', 'cli.mjs')}"`
    const script = `
      set -e
      mount -t tmpfs -o size=4m tmpfs "${folder}"
      cp -r "${made}" "${folder}/p"
      cp "${folder}/p/notebooks/good.md" /tmp/.$$
      run() { ${cli} run good --json --project "${folder}/p" || true; }
      fill() { dd if=/dev/zero of="${folder}/ballast" bs=4k 2>/dev/null || true; truncate -s -$1 "${folder}/ballast"; }
      fill 0; run
      rm "${folder}/ballast"; fill 24k; run
      cmp /tmp/.$$ "${folder}/p/notebooks/good.md"; rm /tmp/.$$
      rm "${folder}/ballast"; run
      ${cli} runs --json --project "${folder}/p"`
    const {stdout, stderr, status} = spawnSync('unshare', ['-m', 'bash', '-c', script], {
      encoding: 'utf8',
      env: {...process.env, NO_COLOR: '1'},
    })
    expect([status, stderr]).toEqual([0, ''])
    const [none, little, freed, list] = stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    const fault = {
      code: 'no-space',
      message: 'the disk is full',
      hint: 'free some space and run it again; what was finished is kept',
    }
    expect(none.cells.map((c: Settled) => c.state)).toEqual(['failed', 'blocked', 'blocked'])
    expect(none.cells[0].fault).toMatchObject(fault)
    expect(little.cells[0].state).toBe('done')
    expect(little.cells.find((c: Settled) => c.state === 'failed').fault).toMatchObject(fault)
    expect(freed.ok).toBe(true)
    expect(freed.cells[0].cached).toBe(true)
    expect(list.problems).toEqual([])
  },
  120_000,
)

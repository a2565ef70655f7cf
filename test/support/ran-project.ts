// A project that has run, made once for each build: tests that look at results need not wait for them again.
import {createHash} from 'node:crypto'
import {mkdir, mkdtemp, readdir, readFile, rename, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {packageRoot} from '../../core/package-root.ts'
import {newProject} from '../../core/templates.ts'
import {bancada} from './cli.ts'

const template = 'mini-pipeline'

/** The folder of the mini-pipeline's project with all its results, to be copied. */
export async function ranProject(): Promise<string> {
  const cache = join(packageRoot(), 'node_modules', '.cache', 'ran')
  const place = join(cache, await fingerprint())
  const there = () =>
    readdir(place).then(
      () => true,
      () => false,
    )
  if (await there()) return place
  await mkdir(cache, {recursive: true})
  const aside = await mkdtemp(join(cache, 'new-'))
  await newProject(aside, {template, name: 'Penguins'})
  const {code, stdout, stderr} = await bancada('run', '--project', aside)
  if (code !== 0) throw new Error(`the project for tests did not run: ${stdout}${stderr}`)
  // Another test file may have been quicker.
  await rename(aside, place).catch(async error => {
    if (!(await there())) throw error
    await rm(aside, {recursive: true})
  })
  return place
}

/** Of what makes the results: the build, and the template. */
async function fingerprint(): Promise<string> {
  const root = packageRoot()
  const hash = createHash('sha256').update(await readFile(join(root, 'dist', '.core-sources')))
  const folder = join(root, 'resources', 'templates', template)
  for (const entry of (await readdir(folder, {recursive: true, withFileTypes: true})).sort(
    (a, b) => (a.name < b.name ? -1 : 1),
  ))
    if (entry.isFile())
      hash.update(entry.name).update(await readFile(join(entry.parentPath, entry.name)))
  return hash.digest('hex').slice(0, 16)
}

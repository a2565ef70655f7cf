// New projects from templates: the files of `resources/templates`, and the data set they speak of.
import {cp, mkdir, readdir} from 'node:fs/promises'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {AppError, didYouMean} from './error.ts'
import {packageRoot} from './package-root.ts'
import {createProject, openProject, type Project, updateManifest} from './project.ts'
import type {Manifest} from './schema/project.ts'

/** Data that a template needs, as files of npm packages that Bancada depends on. */
const data: Record<string, {from: string; to: string}[]> = {
  'mini-pipeline': [{from: 'vega-datasets/data/penguins.json', to: 'data/penguins.json'}],
}

/** The names of the templates. */
export const templates = () => readdir(join(packageRoot(), 'resources', 'templates'))

/** Makes a project from a template, or an empty one. Errors as `createProject`'s. */
export async function newProject(
  folder: string,
  {template, ...manifest}: Partial<Manifest> & {template?: string} = {},
): Promise<Project> {
  if (!template) return createProject(folder, manifest)
  const known = await templates()
  if (!known.includes(template))
    throw new AppError('unknown-name', `there is no template "${template}"`, {
      hint: didYouMean(template, known) ?? `there are ${known.join(', ')}`,
    })
  const project = await createProject(folder, manifest)
  await cp(join(packageRoot(), 'resources', 'templates', template), project.folder, {
    recursive: true,
  })
  for (const {from, to} of data[template] ?? []) {
    const target = join(project.folder, to)
    await mkdir(dirname(target), {recursive: true})
    await cp(packageFile(from), target)
  }
  // The template's own name and purpose, but for what the user said.
  const {name, problem, success, owners} = manifest
  return updateManifest(await openProject(folder), {name, problem, success, owners})
}

// A file of a package, whatever its `exports` say.
function packageFile(path: string): string {
  const [name, ...rest] = path.split('/')
  const require = createRequire(join(packageRoot(), 'package.json'))
  for (const folder of require.resolve.paths(name!) ?? []) return join(folder, name!, ...rest)
  throw new AppError('not-available', `the package ${name} is not installed`)
}

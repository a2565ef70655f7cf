// New projects from templates: the files of `resources/templates`, and the data set they speak of.
import {cp, mkdir, readdir, readFile, writeFile} from 'node:fs/promises'
import {createRequire} from 'node:module'
import {basename, dirname, join} from 'node:path'
import {AppError, didYouMean} from './error.ts'
import {cutSheet} from './image/sheet.ts'
import {packageRoot} from './package-root.ts'
import {createProject, openProject, type Project, updateManifest} from './project.ts'
import type {Manifest} from './schema/project.ts'
import type {Language} from './schema/settings.ts'
import {says} from './words/says.ts'

/** A file of an npm package that Bancada depends on, one of `resources`, or a folder there with a sheet of images for each class. */
type Data =
  | {from: string; to: string}
  | {file: string; to: string}
  | {sheets: string; side: number; to: string}
const vega = (file: string): Data => ({from: `vega-datasets/data/${file}`, to: `data/${file}`})

/** Each template with the data that it needs. */
const known: Record<string, Data[]> = {
  'mini-pipeline': [vega('penguins.json')],
  'mini-project': [vega('penguins.json')],
  'tabular-classification': [vega('seattle-weather.csv')],
  'tabular-regression': [vega('cars.json')],
  'image-classification': [{sheets: 'digits', side: 28, to: 'data/digits'}],
  'text-classification': [{file: 'messages/messages.csv', to: 'data/messages.csv'}],
}

/** The names of the templates, in the order in which they are offered. */
export const templates = (): string[] => Object.keys(known)

/**
 * Makes a project from a template, or an empty one. `language` is that of the template's texts. Errors as
 * `createProject`'s.
 */
export async function newProject(
  folder: string,
  {
    template,
    language = 'en',
    ...manifest
  }: Partial<Manifest> & {template?: string; language?: Language} = {},
): Promise<Project> {
  if (!template) return createProject(folder, manifest)
  const data = known[template]
  if (!data)
    throw new AppError('unknown-name', says`there is no template "${template}"`, {
      hint: didYouMean(template, templates()) ?? says`there are ${templates().join(', ')}`,
    })
  const project = await createProject(folder, manifest)
  await copyTemplate(
    join(packageRoot(), 'resources', 'templates', template),
    project.folder,
    language,
  )
  for (const one of data) {
    const to = join(project.folder, one.to)
    if ('from' in one) await copyFile(packageFile(one.from), to)
    else if ('file' in one) await copyFile(join(packageRoot(), 'resources', one.file), to)
    else await cutSheets(join(packageRoot(), 'resources', one.sheets), one.side, to)
  }
  // The template's own name and purpose, but for what the user said.
  const {name, problem, success, owners} = manifest
  return updateManifest(await openProject(folder), {name, problem, success, owners})
}

/** `first.pt-BR.md` stands for `first.md` in a project in Portuguese. */
const inLanguage = /\.([a-z]{2}(?:-[A-Z]{2})?)(\.[a-z]+)$/

async function copyTemplate(from: string, to: string, language: Language): Promise<void> {
  const entries = await readdir(from, {recursive: true, withFileTypes: true})
  const files = entries.filter(entry => entry.isFile())
  const own = (name: string) => inLanguage.exec(name)?.[1]
  // Those without a language first, so that those in the user's replace them.
  const chosen = [undefined, language].flatMap(of => files.filter(({name}) => own(name) === of))
  for (const {parentPath, name} of chosen) {
    const path = join(parentPath, name)
    await copyFile(path, join(to, path.slice(from.length + 1).replace(inLanguage, '$2')))
  }
}

/** `5.png` becomes `5/001.png`, `5/002.png` … */
async function cutSheets(from: string, side: number, to: string): Promise<void> {
  for (const name of (await readdir(from)).filter(name => name.endsWith('.png'))) {
    const folder = join(to, basename(name, '.png'))
    await mkdir(folder, {recursive: true})
    const images = cutSheet(await readFile(join(from, name)), side)
    const nameOf = (i: number) => join(folder, `${String(i + 1).padStart(3, '0')}.png`)
    await Promise.all(images.map((image, i) => writeFile(nameOf(i), image)))
  }
}

async function copyFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), {recursive: true})
  await cp(from, to)
}

// A file of a package, whatever its `exports` say.
function packageFile(path: string): string {
  const [name, ...rest] = path.split('/')
  const require = createRequire(join(packageRoot(), 'package.json'))
  for (const folder of require.resolve.paths(name!) ?? []) return join(folder, name!, ...rest)
  throw new AppError('not-available', says`the package ${name} is not installed`)
}

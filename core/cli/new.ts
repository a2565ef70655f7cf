import {resolve} from 'node:path'
import {newProject, templates} from '../templates.ts'
import {type Command, languageOf, need, text} from './args.ts'

export const command: Command = {
  usage: 'FOLDER',
  options: {
    template: {
      type: 'string',
      short: 't',
      value: 'NAME',
      help: 'begin with a worked example, such as mini-pipeline',
    },
    language: {
      type: 'string',
      value: 'en|pt-BR',
      help: 'of the worked example’s texts (default: en)',
    },
    name: {
      type: 'string',
      value: 'NAME',
      help: 'what the project is called (default: the folder’s name)',
    },
  },
  examples: [
    'bancada new penguins --template mini-pipeline',
    'bancada new churn --name "Customer churn"',
  ],
  async run(given, out) {
    const folder = resolve(need(given, 0, 'the folder of the new project'))
    const project = await newProject(folder, {
      template: text(given, 'template'),
      language: languageOf(given),
      name: text(given, 'name'),
    })
    out.say(`Made the project "${project.manifest.name}" in ${folder}`)
    out.say()
    out.say(`  cd ${folder}`)
    out.say(
      text(given, 'template')
        ? '  bancada run'
        : '  copy a data file into data/, and write notebooks/first.md',
    )
    if (!text(given, 'template')) out.say(`\nTemplates: ${templates().join(', ')}`)
    out.result({ok: true, folder, name: project.manifest.name})
    return 0
  },
}

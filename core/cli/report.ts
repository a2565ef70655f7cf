import {join} from 'node:path'
import {type Command, languageOf} from './args.ts'
import {documentOf, openClient} from './client.ts'

export const command: Command = {
  usage: '[DOCUMENT]',
  options: {
    language: {type: 'string', value: 'en|pt-BR', help: 'of the report’s own words (default: en)'},
  },
  examples: ['bancada report', 'bancada report mini-pipeline --language pt-BR'],
  async run(given, out) {
    const client = await openClient(given)
    try {
      const document = await documentOf(client, given.positionals[0])
      const {folder} = await client.call('project.info', {})
      const {path, html} = await client.call(
        'report.write',
        {document, language: languageOf(given)},
        {signal: given.signal},
      )
      out.say(join(folder, path))
      out.result({ok: true, report: join(folder, path), bytes: Buffer.byteLength(html)})
      return 0
    } finally {
      client.close()
    }
  },
}

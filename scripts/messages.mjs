// Makes resources/messages/messages.csv, the data of the text classification template, from the file SMSSpamCollection
// of the SMS Spam Collection v.1 (resources/messages/README.md says where it comes from):
//     node scripts/messages.mjs SMSSpamCollection
// The same messages in the same order; a comma and quotation marks where a tab was, as any program reads them.
import {readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const to = join(dirname(fileURLToPath(import.meta.url)), '..', 'resources', 'messages')
const lines = readFileSync(process.argv[2] ?? 'SMSSpamCollection', 'utf8')
  .split('\n')
  .filter(Boolean)
const rows = lines.map(line => {
  const [label, ...rest] = line.split('\t')
  return `${label},"${rest.join('\t').replaceAll('"', '""')}"\n`
})
writeFileSync(join(to, 'messages.csv'), `label,text\n${rows.join('')}`)

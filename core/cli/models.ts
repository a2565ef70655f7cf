import {open, rm} from 'node:fs/promises'
import {resolve} from 'node:path'
import {AppError} from '../error.ts'
import {onDisk} from '../files.ts'
import {type Downloadable, downloadables} from '../schema/download.ts'
import {type CardText, cardTexts} from '../schema/registry.ts'
import {type Stage, stages} from '../schema/value.ts'
import {says} from '../words/says.ts'
import {type Command, type Given, languageOf, need, type Output, text} from './args.ts'
import {openClient} from './client.ts'
import {fault, figure, paint, table} from './print.ts'

export const command: Command = {
  usage:
    '[list | show NAME | promote NAME VERSION STAGE | approve NAME VERSION | reject NAME VERSION | describe NAME VERSION SECTION TEXT | rollback NAME | audit NAME | download NAME VERSION]',
  options: {
    why: {type: 'string', value: 'TEXT', help: 'the reason, for the audit log'},
    override: {
      type: 'boolean',
      help: 'promote without the approval that the policy wants; needs --why',
    },
    what: {
      type: 'string',
      value: downloadables.join('|'),
      help: 'what of a version to download (default: bundle, as a ZIP archive)',
    },
    to: {
      type: 'string',
      value: 'FILE',
      help: 'a new file for the download (default: named after the version, here)',
    },
    language: {type: 'string', value: 'en|pt-BR', help: 'of a downloaded card (default: en)'},
  },
  examples: [
    'bancada models',
    'bancada models show penguin-species',
    'bancada models approve penguin-species 1 --why "reviewed with the field team"',
    'bancada models promote penguin-species 1 production',
    'bancada models describe penguin-species 1 limitations "Adult birds only"',
    'bancada models download penguin-species 1 --to penguins.zip',
    'bancada models download penguin-species 1 --what onnx',
  ],
  async run(given, out) {
    const [verb = 'list', ...rest] = given.positionals
    const act = verbs[verb]
    if (!act)
      throw new AppError('bad-request', says`models cannot "${verb}"`, {
        hint: says`it can ${Object.keys(verbs).join(', ')}`,
      })
    const client = await openClient(given)
    try {
      out.result({ok: true, ...((await act(client, {...given, positionals: rest}, out)) as object)})
      return 0
    } finally {
      client.close()
    }
  },
}

type Client = Awaited<ReturnType<typeof openClient>>
type Verb = (client: Client, given: Given, out: Output) => Promise<unknown>

async function list(client: Client, _given: Given, out: Output) {
  const found = await client.call('models.list', {})
  if (found.length === 0)
    out.say('No model is registered yet. A register cell makes the first version.')
  else
    out.say(
      table([
        ['model', 'versions', 'production', 'newest'],
        ...found.map(m => [
          m.name,
          m.versions.length,
          m.production ?? '–',
          m.versions.at(-1)?.registered.at.slice(0, 10) ?? '',
        ]),
      ]),
    )
  for (const m of found) if (m.fault) out.say(fault({...m.fault, where: m.name}))
  return {models: found}
}

async function show(client: Client, given: Given, out: Output) {
  const model = await client.call('models.get', {name: need(given, 0, 'the name of the model')})
  const names = [...new Set(model.versions.flatMap(v => v.metrics.map(m => m.name)))].slice(0, 4)
  out.say(paint('bold', model.name))
  out.say(
    table([
      ['version', 'stage', 'kind', 'run', 'approvals', ...names],
      ...model.versions.map(v => [
        v.version,
        v.stage,
        v.kind,
        v.run,
        v.verdicts.filter(d => d.approved).length,
        ...names.map(name => figure(v.metrics.find(m => m.name === name)?.value)),
      ]),
    ]),
  )
  return {model}
}

async function promote(client: Client, given: Given, out: Output) {
  const stage = need(given, 2, 'the stage') as Stage
  if (!stages.includes(stage))
    throw new AppError('bad-request', says`"${stage}" is no stage`, {
      hint: says`it is one of ${stages.join(', ')}`,
    })
  const version = await client.call('models.setStage', {
    ...whichOf(given),
    stage,
    override: given.options.override === true,
  })
  out.say(`${version.model} ${version.version} is now ${version.stage}`)
  return {version}
}

const approve = (client: Client, given: Given, out: Output) => judge(client, given, out, true)
const reject = (client: Client, given: Given, out: Output) => judge(client, given, out, false)

async function judge(client: Client, given: Given, out: Output, approved: boolean) {
  const version = await client.call('models.judge', {...whichOf(given), approved})
  out.say(`${version.model} ${version.version}: ${approved ? 'approved' : 'rejected'}`)
  return {version}
}

async function describe(client: Client, given: Given, out: Output) {
  const {name, version} = whichOf(given)
  const section = need(given, 2, 'the section of the card') as CardText
  if (!cardTexts.includes(section))
    throw new AppError('bad-request', says`a card has no section "${section}"`, {
      hint: says`these are written by people: ${cardTexts.join(', ')}`,
    })
  const texts = {[section]: need(given, 3, 'the text')}
  const described = await client.call('models.describe', {name, version, texts})
  out.say(`${name} ${version}: wrote ${section} of its card`)
  return {version: described}
}

async function rollback(client: Client, given: Given, out: Output) {
  const version = await client.call('models.rollBack', {
    name: need(given, 0, 'the name of the model'),
    why: text(given, 'why'),
  })
  out.say(`${version.model} ${version.version} is back in ${version.stage}`)
  return {version}
}

async function audit(client: Client, given: Given, out: Output) {
  const {events, fault: found} = await client.call('models.audit', {
    name: need(given, 0, 'the name of the model'),
  })
  out.say(
    table([
      ['', 'when', 'who', 'what', 'version', 'why'],
      ...events.map(e => [
        e.seq,
        e.at.slice(0, 19).replace('T', ' '),
        e.by.name,
        e.type,
        'model' in e ? e.model : '',
        e.why ?? '',
      ]),
    ]),
  )
  if (found) out.say(fault(found))
  return {events, fault: found}
}

async function download(client: Client, given: Given, out: Output) {
  const {name, version} = whichOf(given)
  const what = (text(given, 'what') ?? 'bundle') as Downloadable
  if (!downloadables.includes(what))
    throw new AppError('bad-request', says`"${what}" cannot be downloaded`, {
      hint: says`it is one of ${downloadables.join(', ')}`,
    })
  const {signal} = given
  const made = await client.call(
    'models.download',
    {name, version, what, language: languageOf(given)},
    {signal, tell: ({message = '', done}) => out.status(`${message}${percent(done)}`)},
  )
  const file = resolve(text(given, 'to') ?? made.name)
  try {
    await onDisk(file, () => take(client, made.id, file, signal))
  } catch (error) {
    throw (error as {code?: string}).code === 'EEXIST'
      ? new AppError('refused', says`${file} is there already`, {
          hint: says`give another name with --to`,
        })
      : error
  } finally {
    await client.call('download.drop', {id: made.id})
  }
  out.status('')
  out.say(`${file}\n${made.bytes} bytes, SHA-256 ${made.sha256}`)
  const {bytes, sha256} = made
  return {file, bytes, sha256}
}

const percent = (done: number | undefined) =>
  done === undefined ? '' : ` ${Math.floor(done * 100)} %`

/** Writes it to a new file, whole or not at all. */
async function take(client: Client, id: string, file: string, signal: AbortSignal) {
  const handle = await open(file, 'wx')
  try {
    for (let offset = 0; ; ) {
      const {part, bytes} = await client.call('download.read', {id, offset}, {signal})
      await handle.writeFile(part)
      offset += part.length
      if (offset >= bytes) break
    }
    await handle.sync()
    await handle.close()
  } catch (error) {
    await handle.close().catch(() => {})
    await rm(file, {force: true})
    throw error
  }
}

const verbs: Record<string, Verb> = {
  list,
  show,
  promote,
  approve,
  reject,
  describe,
  rollback,
  audit,
  download,
}

function whichOf(given: Given) {
  const name = need(given, 0, 'the name of the model')
  const version = Number(need(given, 1, 'the version'))
  if (!Number.isInteger(version))
    throw new AppError('bad-request', says`"${given.positionals[1]}" is no version`)
  return {name, version, why: text(given, 'why')}
}

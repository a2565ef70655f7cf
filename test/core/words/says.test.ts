import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import * as ts from 'typescript'
import {expect, test} from 'vitest'
import {AppError, fromFault, toFault} from '../../../core/error.ts'
import {packageRoot} from '../../../core/package-root.ts'
import {heard, or, progressOf, says, spoken, verbatim} from '../../../core/words/says.ts'
import {writer} from '../../../core/words/write.ts'
import {sentences} from '../../../resources/locales/pt-BR/sentences.ts'

test('a sentence is its English where a text is wanted, and its values stand apart', () => {
  const phrase = says`no column named "${'agee'}" in ${3} tables`
  expect(String(phrase)).toBe('no column named "agee" in 3 tables')
  expect(phrase.said).toEqual(['no column named "{0}" in {1} tables', 'agee', 3])
  expect(
    spoken(phrase.said, {'no column named "{0}" in {1} tables': '{1} tabelas sem "{0}"'}),
  ).toBe('3 tabelas sem "agee"')
})

test('a value may be a sentence; what no words are known for stays English', () => {
  const phrase = says`"${'a{0}'}" gives ${says`a table`}, and ${'x'} takes ${or([says`a model`, 'b', 'b', 'c'])}`
  expect(String(phrase)).toBe('"a{0}" gives a table, and x takes a model, b or c')
  expect(spoken(phrase.said, sentences)).toBe('"a{0}" dá uma tabela, e x recebe um modelo, b ou c')
  expect(spoken(says`epoch ${1000}/${2}`.said, sentences, n => `<${n}>`)).toBe('época <1000>/<2>')
  expect(spoken(says`nobody translated ${1}`.said, sentences)).toBe('nobody translated 1')
})

test('a fault keeps its sentences over a wire and through another error', () => {
  const error = new AppError('no-column', says`no column named "${'a'}"`, {
    hint: verbatim('by hand'),
  })
  const fault = JSON.parse(JSON.stringify(toFault(error)))
  expect(fault).toEqual({
    code: 'no-column',
    message: 'no column named "a"',
    hint: 'by hand',
    said: {message: ['no column named "{0}"', 'a'], hint: ['{0}', 'by hand']},
  })
  expect(toFault(fromFault(fault))).toEqual(fault)
  expect(toFault(fromFault({code: 'internal', message: 'plain'}))).toMatchObject({
    message: 'plain',
  })
  expect(progressOf(says`epoch ${1}/${2}`, {done: 0.5})).toEqual({
    message: 'epoch 1/2',
    said: ['epoch {0}/{1}', 1, 2],
    done: 0.5,
  })
})

test('a sentence that was kept as its English is heard again', () => {
  const known = [says`${0} fields where there are ${0} columns`, says`not JSON: ${''}`]
  expect(heard('3 fields where there are 4 columns', known).said).toEqual([
    '{0} fields where there are {1} columns',
    '3',
    '4',
  ])
  expect(String(heard('not JSON: (a+b)*\n?', known))).toBe('not JSON: (a+b)*\n?')
  expect(heard('something else', known).said).toEqual(['{0}', 'something else'])
})

test('numbers are written whole, in English and in Portuguese', () => {
  const phrase = says`${1234567.125} of ${1e300} at ${-2.5e-9}`
  expect(String(phrase)).toBe('1,234,567.125 of 1e+300 at -2.5e-9')
  expect(spoken(phrase.said, {'{0} of {1} at {2}': '{0} {1} {2}'}, writer('pt-BR'))).toBe(
    '1.234.567,125 1e+300 -2,5e-9',
  )
})

type Source = {file: string; tree: ts.SourceFile}

/** Every file of the program. The command line speaks English, so its own sentences need no other words. */
async function sources(): Promise<Source[]> {
  const found = await Promise.all(
    ['core', 'renderer', 'electron'].map(async folder =>
      (await readdir(join(packageRoot(), folder), {recursive: true})).map(file =>
        `${folder}/${file}`.replaceAll('\\', '/'),
      ),
    ),
  )
  const files = found
    .flat()
    .filter(file => /\.tsx?$/.test(file) && !file.startsWith('core/cli/') && file !== 'core/cli.ts')
  return Promise.all(
    files.map(async file => {
      const text = await readFile(join(packageRoot(), file), 'utf8')
      const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
      return {file, tree: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind)}
    }),
  )
}

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node
  for (const child of node.getChildren()) yield* nodesOf(child)
}

const isSays = (node: ts.Node): node is ts.TaggedTemplateExpression =>
  ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'says'

/** `no column named "{0}"` */
const wordsOf = ({template}: ts.TaggedTemplateExpression) =>
  ts.isNoSubstitutionTemplateLiteral(template)
    ? template.text
    : template.head.text +
      template.templateSpans.map(({literal}, i) => `{${i}}${literal.text}`).join('')

/** Whether a value says something in English: a text of several words, or one that changes with a number. */
function isEnglish(value: ts.Node): boolean {
  if (isSays(value)) return false
  const text =
    ts.isStringLiteralLike(value) ||
    ts.isTemplateHead(value) ||
    ts.isTemplateMiddleOrTemplateTail(value)
      ? value.text
      : ''
  return (
    /[a-z]{2,} [a-z]{2,}|^ ?[a-z]+ $|^ [a-z]+/i.test(text) || value.getChildren().some(isEnglish)
  )
}

const all = sources()

test('everything that the code says is said in Portuguese too, with the same values, and nothing else is', async () => {
  const said = new Set<string>()
  for (const {tree} of await all)
    for (const node of nodesOf(tree)) if (isSays(node)) said.add(wordsOf(node))
  expect(said.size).toBeGreaterThan(900)
  expect([...said].filter(words => sentences[words] === undefined)).toEqual([])
  expect(Object.keys(sentences).filter(words => !said.has(words))).toEqual([])
  const holes = (text: string) => [...new Set(text.match(/\{\d+\}/g))].sort()
  for (const words of said)
    expect({words, holes: holes(sentences[words]!)}).toEqual({words, holes: holes(words)})
})

test('no English is hidden in the values of a sentence', async () => {
  const found: string[] = []
  for (const {file, tree} of await all)
    for (const node of nodesOf(tree))
      if (isSays(node) && ts.isTemplateExpression(node.template))
        for (const {expression} of node.template.templateSpans)
          if (isEnglish(expression)) found.push(`${file}: ${expression.getText()}`)
  expect(found).toEqual([])
})

/** Whose words stay as they are in every language. */
const strangers: Record<string, string> = {
  'core/data/read/excel.ts': 'the library that reads Excel',
  'core/data/read/format.ts': 'names of formats',
  'core/data/read/json.ts': 'DuckDB',
  'core/data/read/parquet.ts': 'DuckDB',
  'core/error.ts': 'the system, and what others threw',
  'core/history/filter.ts': 'the words of a filter',
  'core/image/decode.ts': 'the libraries that read PNG and JPEG',
  'core/notebook/cells/images.ts': 'nothing, where no image was put aside',
  'core/notebook/cells/source.ts': 'a place in a file',
  'core/notebook/params.ts': 'zod',
  'core/serving/client.ts': 'what a server wrote when it ended',
  'core/train/check.ts': 'names of columns and classes',
  'core/train/compiled/recurrence.ts': 'names of settings in TensorFlow.js',
  'core/train/work.ts': 'progress that says nothing apart',
  'core/wire/frame.ts': 'what only programs hear',
  'core/words/says.ts':
    'what is not heard: rarer words of DuckDB and of the library that reads YAML',
  'renderer/table/copy.ts': 'the window, in its language',
}

test('what is passed on as it is comes from somewhere else, and the places are known', async () => {
  const found = new Set<string>()
  const own: string[] = []
  for (const {file, tree} of await all)
    for (const node of nodesOf(tree))
      if (ts.isCallExpression(node) && node.expression.getText() === 'verbatim') {
        found.add(file)
        if (file !== 'core/wire/frame.ts' && isEnglish(node.arguments[0]!)) own.push(node.getText())
      }
  expect([...found].sort()).toEqual(Object.keys(strangers))
  expect(own).toEqual([])
})

import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {AppError, fromFault, toFault} from '../../../core/error.ts'
import {packageRoot} from '../../../core/package-root.ts'
import {or, progressOf, says, spoken} from '../../../core/words/says.ts'
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
  const error = new AppError('no-column', says`no column named "${'a'}"`, {hint: 'by hand'})
  const fault = JSON.parse(JSON.stringify(toFault(error)))
  expect(fault).toEqual({
    code: 'no-column',
    message: 'no column named "a"',
    hint: 'by hand',
    said: {message: ['no column named "{0}"', 'a']},
  })
  expect(toFault(fromFault(fault))).toEqual(fault)
  expect(toFault(new AppError('internal', 'plain'))).toEqual({code: 'internal', message: 'plain'})
  expect(progressOf(says`epoch ${1}/${2}`, {done: 0.5})).toEqual({
    message: 'epoch 1/2',
    said: ['epoch {0}/{1}', 1, 2],
    done: 0.5,
  })
})

/** The sentences that a source file says, as keys: `no column named "{0}"`. */
function saidIn(text: string): string[] {
  const found: string[] = []
  for (const {index} of text.matchAll(/(?<!\w)says`/g)) {
    let words = ''
    let values = 0
    let depth = 0
    let i = index + 5
    /** Past a template that stands in a value. */
    const skip = () => {
      for (i++; text[i] !== '`'; i++) if (text[i] === '\\') i++
    }
    for (; depth > 0 || text[i] !== '`'; i++) {
      if (depth > 0) {
        if (text[i] === '`') skip()
        else if (text[i] === '{') depth++
        else if (text[i] === '}') depth--
      } else if (text[i] === '\\') words += text[++i]
      else if (text[i] === '$' && text[i + 1] === '{') {
        words += `{${values++}}`
        depth = 1
        i++
      } else words += text[i]
    }
    found.push(words)
  }
  return found
}

test('everything that the code says is said in Portuguese too, with the same values, and nothing else is', async () => {
  const folders = ['core', 'renderer'].map(folder => join(packageRoot(), folder))
  const files = (
    await Promise.all(
      folders.map(async folder =>
        (await readdir(folder, {recursive: true})).map(file => join(folder, file)),
      ),
    )
  )
    .flat()
    .filter(file => /\.tsx?$/.test(file))
  const said = new Set<string>()
  for (const file of files)
    for (const words of saidIn(await readFile(file, 'utf8'))) said.add(words)
  expect(said.size).toBeGreaterThan(200)
  expect([...said].filter(words => sentences[words] === undefined)).toEqual([])
  expect(Object.keys(sentences).filter(words => !said.has(words))).toEqual([])
  const holes = (text: string) => [...new Set(text.match(/\{\d+\}/g))].sort()
  for (const words of said)
    expect({words, holes: holes(sentences[words]!)}).toEqual({words, holes: holes(words)})
})

import {expect, test} from 'vitest'
import {readParams} from '../../../core/notebook/body.ts'
import {parseNotebook} from '../../../core/notebook/document.ts'

const read = (body: string, fence = '```') => {
  const source = `# Title\n\n${fence}yaml cell=a kind=split\n${body}\n${fence}\n`
  return readParams(parseNotebook(source, 'n.md').notebook.cells[0]!, 'n.md')
}

test('parameters are read as YAML 1.2 has them, with their places', () => {
  const {params, problems, where} = read(
    'test: 0.2\nno: no\nlist: [1, {deep: x}]\n# words\nmore:\n  - a',
  )
  expect(problems).toEqual([])
  expect(params).toEqual({test: 0.2, no: 'no', list: [1, {deep: 'x'}], more: ['a']})
  expect(where(['test'])).toBe('n.md:4:1')
  expect(where(['list', 1, 'deep'])).toBe('n.md:6:12')
  expect(where(['more', 0])).toBe('n.md:9:5')
  expect(where(['more', 7])).toBe('n.md:8:1')
  expect(where(['nothing'])).toBe('n.md:4:1')
  expect(read('').params).toEqual({})
  expect(read('# only words').params).toEqual({})
})

test('an error of the YAML names its line and column in the file', () => {
  expect(read('test: 0.2\nwith: [a').problems).toMatchObject([
    {code: 'bad-params', where: expect.stringMatching(/^n\.md:[56]:\d+$/), cell: 'a'},
  ])
  expect(read('a: 1\nb: 2\na: 3').problems).toMatchObject([{where: 'n.md:6:1'}])
  expect(read('a: !unknown 1').problems).toMatchObject([{where: 'n.md:4:4'}])
  expect(read('- a\n- b').problems).toMatchObject([
    {message: expect.stringContaining('not a list')},
  ])
  expect(read('just words').problems).toMatchObject([{where: 'n.md:4:1'}])
  expect(read('a: *gone').problems.length).toBe(1)
})

test('aliases that grow without end and nesting without end are errors', () => {
  const grows = Array.from({length: 12}, (_, i) =>
    i === 0 ? 'a0: &a0 [x, x]' : `a${i}: &a${i} [${Array(9).fill(`*a${i - 1}`)}]`,
  )
  expect(read(grows.join('\n')).problems).toMatchObject([{code: 'bad-params'}])
  expect(read(`a: ${'['.repeat(20_000)}`).problems.length).toBeGreaterThan(0)
})

test('a key cannot reach the prototype', () => {
  const {params} = read('__proto__:\n  polluted: true')
  expect(({} as {polluted?: boolean}).polluted).toBeUndefined()
  expect(Object.hasOwn(params, '__proto__')).toBe(true)
})

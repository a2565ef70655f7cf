import fc from 'fast-check'
import {expect, test} from 'vitest'
import {parse, stringify} from 'yaml'
import {setYaml} from '../../../core/notebook/yaml-edit.ts'

const form = `# what it does
columns: [Sex, Age] # which
with:   mode   # how

# deeper
nested:
  one: 1 # first
  two: "2"
list:
  - a # the first
  - b
  # before c
  - c
text: |
  several
  lines
last: true
`

test('a value is replaced in its place, with everything around it kept', () => {
  const set = (path: (string | number)[], value: unknown) => setYaml(form, path, value)
  expect(set(['with'], 'median')).toBe(form.replace('mode', 'median'))
  expect(set(['with'], 5)).toBe(form.replace('mode', '5'))
  expect(set(['with'], 'yes: no')).toBe(form.replace('mode', '"yes: no"'))
  expect(set(['with'], '5')).toBe(form.replace('mode', '"5"'))
  expect(set(['with'], null)).toBe(form.replace('mode', 'null'))
  expect(set(['columns'], ['Sex'])).toBe(form.replace('[Sex, Age]', '[Sex]'))
  expect(set(['columns', 1], 'Body Mass (g)')).toBe(form.replace('Age', 'Body Mass (g)'))
  expect(set(['nested', 'one'], 10)).toBe(form.replace('one: 1', 'one: 10'))
  expect(set(['list', 1], 'B')).toBe(form.replace('- b', '- B'))
  expect(set(['text'], 'one line')).toBe(form.replace('|\n  several\n  lines', 'one line'))
  expect(set(['last'], 'a\nb')).toBe(form.replace('last: true', 'last: |-\n  a\n  b'))
  expect(set(['with'], 'mode')).toBe(form)
})

test('a list that is written line by line keeps the lines of what stays', () => {
  const set = (value: unknown) => setYaml(form, ['list'], value)
  expect(set(['a', 'c'])).toBe(
    form.replace('  - b\n', '').replace('  # before c\n', '  # before c\n'),
  )
  expect(set(['a', 'b', 'c', 'd e'])).toBe(form.replace('  - c\n', '  - c\n  - d e\n'))
  expect(set(['z', 'a', 'b', 'c'])).toBe(form.replace('  - a #', '  - z\n  - a #'))
  expect(set([]).includes('list: []')).toBe(true)
})

test('a new key goes last in its map, and a removed one takes its lines along', () => {
  expect(setYaml(form, ['seed'], 1)).toBe(`${form}seed: 1\n`)
  expect(setYaml(form, ['nested', 'three'], [1, 2])).toBe(
    form.replace('two: "2"\n', 'two: "2"\n  three: [1, 2]\n'),
  )
  expect(setYaml(form, ['new', 'deep', 'er'], true)).toBe(`${form}new:\n  deep:\n    er: true\n`)
  expect(setYaml(form, ['with'], undefined)).toBe(form.replace('with:   mode   # how\n', ''))
  expect(setYaml(form, ['text'], undefined)).toBe(form.replace('text: |\n  several\n  lines\n', ''))
  expect(setYaml(form, ['nested', 'two'], undefined)).toBe(form.replace('  two: "2"\n', ''))
  expect(setYaml(form, ['nothing'], undefined)).toBe(form)
  expect(setYaml('', ['a'], 1)).toBe('a: 1\n')
  expect(setYaml('# only words', ['a'], 1)).toBe('# only words\na: 1\n')
  expect(setYaml('a: 1', ['b'], 2)).toBe('a: 1\nb: 2\n')
  expect(setYaml('a:\n', ['a'], 2)).toBe('a: 2\n')
  expect(setYaml('{a: 1}', ['b'], 2)).toBe('{a: 1, b: 2}')
  expect(setYaml('a: 1\n', ['a'], undefined)).toBe('')
  expect(setYaml('a:\r\n  b: 1\r\nc: 2\r\n', ['a', 'd'], 3, {eol: '\r\n'})).toBe(
    'a:\r\n  b: 1\r\n  d: 3\r\nc: 2\r\n',
  )
})

test('comments survive what cannot be done in place', () => {
  const flow = 'a: [ # why\n  1, # one\n  2,\n]\nb: 3 # three\n'
  const made = setYaml(flow, ['a'], [1, 2, 4])
  expect(parse(made)).toEqual({a: [1, 2, 4], b: 3})
  expect(made).toContain('b: 3 # three')
  expect(parse(setYaml('- a: 1\n  b: 2\n', [0, 'a'], undefined))).toEqual([{b: 2}])
  expect(parse(setYaml('x: &k 1\ny: *k\n', ['y'], 2))).toEqual({x: 1, y: 2})
  expect(parse(setYaml('a:\n  b: 1\n', ['a', 'b'], undefined))).toEqual({a: {}})
})

test('YAML that cannot be read is not edited', () => {
  expect(() => setYaml('a: [', ['b'], 1, {where: 'filled'})).toThrowError(
    expect.objectContaining({code: 'bad-params', where: 'filled'}),
  )
  expect(() => setYaml('x: &k 1\ny: *k\n', ['x'], undefined)).toThrowError(
    expect.objectContaining({code: 'bad-params'}),
  )
})

const key = fc.constantFrom('a', 'b', 'with', 'Body Mass (g)', 'yes', '1', 'é', 'a: b', '#x')
const leaf = fc.oneof(
  fc.constantFrom(
    '',
    'x',
    'true',
    '5',
    ' pad ',
    'a: b',
    '# no',
    'two\nlines',
    'é🐧',
    '- x',
    "it's",
    '"q"',
    'null',
    '*a',
    '&b',
    'tab\t',
  ),
  fc.integer(),
  fc.double({noNaN: true, noDefaultInfinity: true}).map(x => (Object.is(x, -0) ? 0 : x)),
  fc.boolean(),
  fc.constant(null),
)
const value = fc.letrec(tie => ({
  any: fc.oneof(
    {maxDepth: 2},
    leaf,
    fc.array(leaf, {maxLength: 3}),
    fc.dictionary(key, tie('any'), {maxKeys: 3}),
  ),
})).any
const map = fc.dictionary(key, value, {maxKeys: 4})

test('after any edit the YAML means what was asked, and other keys keep their lines', () => {
  fc.assert(
    fc.property(map, key, value, fc.boolean(), (data, name, put, flow) => {
      const before = Object.entries(data)
        .map(
          ([k, v]) =>
            `# about ${JSON.stringify(k)}\n${stringify({[k]: v}, {lineWidth: 0, collectionStyle: flow ? 'any' : 'block'})}`,
        )
        .join('')
      const made = setYaml(before, [name], put)
      expect(parse(made)).toEqual({...data, [name]: put})
      const others = before
        .split(/(?=^# about)/m)
        .filter(block => !block.startsWith(`# about ${JSON.stringify(name)}\n`))
      for (const block of others) expect(made).toContain(block)
      const gone = setYaml(made, [name], undefined)
      const {[name]: _, ...rest} = data
      expect(parse(gone) ?? {}).toEqual(rest)
      for (const block of others) expect(gone).toContain(block)
    }),
    {numRuns: 200},
  )
})

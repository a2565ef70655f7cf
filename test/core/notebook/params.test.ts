import {expect, test} from 'vitest'
import {z} from 'zod'
import {resolveParams} from '../../../core/notebook/params.ts'
import {column, columns} from '../../../core/schema/params.ts'
import type {Column} from '../../../core/schema/table.ts'

const table: Column[] = [
  {name: 'age', type: 'BIGINT', kind: 'number'},
  {name: 'mass', type: 'DOUBLE', kind: 'number'},
  {name: 'sex', type: 'VARCHAR', kind: 'category'},
  {name: 'born', type: 'DATE', kind: 'date'},
]

const kind = {
  kind: 'demo',
  params: z.object({
    columns: columns({accepts: ['number']}),
    by: columns().default([]),
    target: column({accepts: ['category']}).optional(),
    with: z.enum(['mean', 'median']).default('median'),
    factor: z.number().min(0).max(10).default(1.5),
    times: z.int().positive().default(1),
    values: z.union([z.number(), z.array(z.number()).min(1)]).optional(),
    nested: z.strictObject({deep: z.boolean()}).optional(),
  }),
}
const resolve = (given: unknown, protect: string[] = []) =>
  resolveParams(kind, given, table, {protect, where: 'filled'})

const fault = (given: unknown) => {
  try {
    resolve(given)
  } catch (error) {
    const {code, message, hint, where} = error as Record<string, string>
    return {code, message, hint, where}
  }
  throw new Error('accepted')
}

test('an omitted list of columns becomes every accepted column that is not protected', () => {
  expect(resolve({})).toMatchObject({columns: ['age', 'mass'], by: [], with: 'median', factor: 1.5})
  expect(resolve(undefined, ['mass']).columns).toEqual(['age'])
  expect(resolve({columns: ['mass']}, ['mass']).columns).toEqual(['mass'])
  expect(resolve({columns: []}).columns).toEqual([])
})

test('a column that is not there, is named twice or is of another kind is an error with a way out', () => {
  expect(fault({columns: ['age', 'Mas']})).toEqual({
    code: 'no-column',
    message: 'no column named "Mas"',
    hint: 'did you mean "mass"?',
    where: 'filled.columns',
  })
  expect(fault({by: ['zzzzzz']}).hint).toBe('there are "age", "mass", "sex", "born"')
  expect(fault({columns: ['age', 'age']}).message).toBe('column "age" is named twice')
  expect(fault({columns: ['sex']})).toEqual({
    code: 'wrong-type',
    message: 'column "sex" is text (VARCHAR), not a number',
    hint: 'a cast step reads text as numbers; one-hot or ordinal makes numbers of categories',
    where: 'filled.columns',
  })
  expect(fault({target: 'age'})).toMatchObject({code: 'wrong-type', where: 'filled.target'})
})

test.each([
  [{wiht: 1}, 'demo has no parameter "wiht"', 'did you mean "with"?', 'filled.wiht'],
  [
    {with: 'mediam'},
    '"with" must be "mean" or "median", but is "mediam"',
    'did you mean "median"?',
    'filled.with',
  ],
  [{factor: -1}, '"factor" must be at least 0, but is -1', undefined, 'filled.factor'],
  [{factor: 'x'}, '"factor" must be a number, but is "x"', undefined, 'filled.factor'],
  [{times: 1.5}, '"times" must be a whole number, but is 1.5', undefined, 'filled.times'],
  [{times: 0}, '"times" must be more than 0, but is 0', undefined, 'filled.times'],
  [{columns: 'age'}, '"columns" must be a list, but is "age"', undefined, 'filled.columns'],
  [{columns: [3]}, '"columns.0" must be text, but is 3', undefined, 'filled.columns[0]'],
  [{values: 'x'}, '"values" must be a number or a list, but is "x"', undefined, 'filled.values'],
  [
    {nested: {}},
    '"nested.deep" must be true or false, but is missing',
    undefined,
    'filled.nested.deep',
  ],
  [
    {nested: {deep: true, odd: 1}},
    'demo has no parameter "odd" in "nested"',
    undefined,
    'filled.nested.odd',
  ],
  [
    'text',
    'the parameters of demo must be a set of names and values, but is "text"',
    undefined,
    'filled',
  ],
])(
  'a wrong parameter is told with its value and what is accepted: %j',
  (given, message, hint, where) => {
    expect(fault(given)).toEqual({code: 'bad-params', message, hint, where})
  },
)

test('several wrong parameters are told at once', () => {
  expect(fault({with: 'x', factor: 11}).message).toBe(
    '"with" must be "mean" or "median", but is "x"; "factor" must be at most 10, but is 11',
  )
})

import {expect, test} from 'vitest'
import {kinds, later} from '../../../core/notebook/cells/index.ts'
import {kindInfos} from '../../../core/notebook/kinds.ts'
import type {ParamSchema} from '../../../core/schema/kind.ts'

const infos = kindInfos()

test('every kind of cell is listed once, as plain JSON', () => {
  expect(infos.map(({kind}) => kind).toSorted()).toEqual(
    [...Object.keys(kinds), ...later].toSorted(),
  )
  expect(JSON.parse(JSON.stringify(infos))).toEqual(infos)
})

test.each(infos.filter(({later}) => !later))('$kind says what a form and a palette need', info => {
  expect(info).toMatchObject({title: expect.stringMatching(/./), doc: expect.stringMatching(/./)})
  expect(info.group).toMatch(/^[a-z]/)
  expect(info.ports.in.max).toBeGreaterThanOrEqual(info.ports.in.min)
  if (info.language !== 'yaml') return
  const fields = fieldsOf(info.params)
  for (const [name, field] of fields) {
    expect(field.title ?? name).toMatch(/./)
    // A form draws a field by its widget, or by its type.
    const drawn =
      field.widget ?? field.type ?? field.anyOf ?? field.oneOf ?? field.enum ?? field.const
    expect(drawn, `${info.kind}.${name}`).toBeDefined()
    for (const kind of field.accepts ?? [])
      expect(['number', 'boolean', 'category', 'date', 'other']).toContain(kind)
  }
})

test('pickers of columns say so, and which columns they take', () => {
  const field = (kind: string, name: string) =>
    new Map(fieldsOf(infos.find(info => info.kind === kind)!.params)).get(name)
  expect(field('scale', 'columns')).toMatchObject({widget: 'columns', accepts: ['number']})
  expect(field('one-hot', 'columns')).toMatchObject({widget: 'columns'})
  expect(field('logistic', 'target')).toMatchObject({widget: 'column'})
})

test('a default in the form is the default of the kind', () => {
  for (const {kind, params, later} of infos) {
    if (later || params.type !== 'object') continue
    const given = Object.fromEntries(
      fieldsOf(params).flatMap(([name, field]) =>
        field.default === undefined ? [] : [[name, field.default]],
      ),
    )
    const empty = kinds[kind]!.params.safeParse({})
    if (empty.success) expect(kinds[kind]!.params.parse(given), kind).toEqual(empty.data)
  }
})

function fieldsOf(schema: ParamSchema): [string, ParamSchema][] {
  const own = Object.entries(schema.properties ?? {})
  return [...own, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(fieldsOf)]
}

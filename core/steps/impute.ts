// Missing values filled with ones learned from the training rows.
import {z} from 'zod'
import {id, join, raw, type Sql, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {type Ask, defineTransform, pick} from '../plugin.ts'
import {columns} from '../schema/params.ts'
import type {Column} from '../schema/table.ts'
import {rule} from '../words/rule.ts'
import {says} from '../words/says.ts'
import {fromMicros} from './lib/dates.ts'
import {groupCount, groupIn, groupInGraph, type Keys, keysOf, numbering} from './lib/groups.ts'
import {layout} from './lib/layout.ts'
import {double} from './lib/numbers.ts'
import {type Fill, plain, usualValues} from './lib/usual.ts'

const params = z
  .strictObject({
    columns: columns({accepts: ['number', 'boolean', 'category', 'date']}).describe(
      'The columns to fill.',
    ),
    with: z
      .enum(['mean', 'median', 'mode', 'constant'])
      .default('median')
      .describe('Mean and median are of numbers; other columns get their mode with them.'),
    value: z
      .union([z.number(), z.string(), z.boolean()])
      .optional()
      .describe('The constant to fill with.'),
    by: columns({accepts: ['category', 'boolean', 'number']})
      .default([])
      .describe('Fill with what is usual in the group that these columns make.'),
    flag: z
      .boolean()
      .default(false)
      .describe('Add `<column>_was_missing` after each column, true where it was filled.'),
  })
  .refine(
    p => (p.with === 'constant') === (p.value !== undefined),
    rule(says`goes with \`with: constant\`, and must be there then`, 'value'),
  )
  .refine(
    p => p.with !== 'constant' || p.by.length === 0,
    rule(says`a constant is the same in every group`, 'by'),
  )
type Params = z.output<typeof params>

type Learned = {
  /** One entry a column. */
  fill: Fill[]
  /** For each column, one entry a group. */
  groups?: {keys: Keys; fill: Fill[][]}
}

export const impute = defineTransform<Params, Learned>({
  kind: 'impute',
  version: 1,
  title: 'Fill missing values',
  doc: `Replaces missing values with the mean, median or mode of the training rows, or with a constant. With
\`by\`, those of the row's group; a group that training did not have, or that had no value, gets the overall
one. Only finite values count; infinite values are kept, and so is empty text. Of equally frequent values the
smallest is the mode. A column without any value in training is filled with 0, false, \`missing\` or
1970-01-01. Numbers become DOUBLE.`,
  group: 'clean',
  params,
  serves: 'onnx',
  rows: 'map',
  async learn({columns, with: how, value, by}, rows, ask) {
    const chosen = pick(rows, columns)
    if (how === 'constant') return {fill: await constants(chosen, value!, ask)}
    const groups = await usualValues(rows, chosen, how, pick(rows, by), ask)
    const overall = groups.find(g => g.group === undefined)?.fill ?? []
    const fill = chosen.map((c, i) => overall[i] ?? nothing[c.kind as keyof typeof nothing])
    if (by.length === 0) return {fill}
    const found = groups.filter(g => g.group !== undefined)
    const keys = keysOf(
      found.map(g => g.group!),
      by,
    )
    const numberOf = numbering(keys)
    const table = fill.map(f => Array.from({length: groupCount(keys)}, () => f))
    for (const {group, fill: own} of found)
      for (const [i, f] of own.entries()) if (f !== null) table[i]![numberOf(group!)] = f
    return {fill, groups: {keys, fill: table}}
  },
  plan({columns, by, flag}, rows, {fill, groups}) {
    const group = groups && groupIn(rows, by, groups.keys)
    const filled = pick(rows, columns).map((column, i) => {
      const own = id(column.name)
      const usual = literal(column, fill[i]!)
      const list = (groups?.fill[i] ?? []).map(f => literal(column, f))
      const local = list.length > 0 ? sql`([${join(list)}])[${group!} + 1], ` : sql``
      const as = column.kind === 'number' ? sql`${own}::double` : own
      return [
        column.name,
        [{name: column.name, value: sql`coalesce(${as}, ${local}${usual})`}],
      ] as const
    })
    const flags = columns.map(
      name => [name, [{name: `${name}_was_missing`, value: sql`${id(name)} is null`}]] as const,
    )
    const list = layout(rows, {
      instead: new Map(filled),
      ...(flag ? {after: new Map(flags)} : {}),
      hint: says`rename that column, or do without \`flag\``,
    })
    return sql`select ${list} from ${rows}`
  },
  onnx({columns, by, flag}, frame, {fill, groups}) {
    const {graph} = frame
    const group = groups && groupInGraph(frame, by, groups.keys)
    // All are computed before any is replaced: a column may group others and be filled itself.
    const made = columns.map((name, i) => {
      const elem = frame.kind(name) === 'category' ? 'string' : 'float64'
      const usual = groups
        ? graph.op('Gather', [
            graph.constant(elem, [...groups.fill[i]!, fill[i]!] as string[]),
            group!,
          ])
        : graph.constant(elem, fill[i]!)
      const missing = frame.missing(name)
      return {name, missing, filled: graph.op('Where', [missing, usual, frame.get(name)])}
    })
    for (const {name, missing, filled} of made) {
      frame.set(name, frame.kind(name), filled)
      if (flag)
        frame.replace(name, [`${name}_was_missing`], 'boolean', graph.cast(missing, 'float64'), {
          after: true,
        })
    }
  },
  examples: [
    {
      title: 'the median of numbers, the mode of everything else',
      params: {},
      rows: [
        {mass: 2, sex: 'f', tagged: true, seen: '2024-05-01'},
        {mass: null, sex: null, tagged: null, seen: null},
        {mass: 5, sex: 'm', tagged: true, seen: '2024-05-02'},
        {mass: 4, sex: 'm', tagged: false, seen: '2024-05-02'},
      ],
      gives: [
        {mass: 2, sex: 'f', tagged: true, seen: '2024-05-01'},
        {mass: 4, sex: 'm', tagged: true, seen: '2024-05-02'},
        {mass: 5, sex: 'm', tagged: true, seen: '2024-05-02'},
        {mass: 4, sex: 'm', tagged: false, seen: '2024-05-02'},
      ],
    },
    {
      title: 'learned from training rows only',
      params: {columns: ['mass'], with: 'mean', flag: true},
      rows: [
        {mass: 1, n: 0},
        {mass: 2, n: 0},
      ],
      apply: [
        {mass: 100, n: 1},
        {mass: null, n: 2},
      ],
      gives: [
        {mass: 100, mass_was_missing: false, n: 1},
        {mass: 1.5, mass_was_missing: true, n: 2},
      ],
    },
    {
      title: 'what is usual in the group',
      params: {columns: ['mass', 'sex'], with: 'mean', by: ['species', 'year']},
      rows: [
        {species: 'Adelie', year: 2007, mass: 3, sex: 'f'},
        {species: 'Adelie', year: 2007, mass: 4, sex: 'f'},
        {species: 'Adelie', year: 2008, mass: 9, sex: null},
        {species: 'Gentoo', year: 2007, mass: 5, sex: 'm'},
        {species: 'Gentoo', year: 2007, mass: 5, sex: 'm'},
        {species: 'Gentoo', year: 2008, mass: 10, sex: 'm'},
      ],
      apply: [
        {species: 'Adelie', year: 2007, mass: null, sex: null},
        {species: 'Adelie', year: 2008, mass: null, sex: null},
        {species: 'Gentoo', year: 2009, mass: null, sex: ''},
        {species: null, year: 2007, mass: null, sex: null},
      ],
      gives: [
        {species: 'Adelie', year: 2007, mass: 3.5, sex: 'f'},
        {species: 'Adelie', year: 2008, mass: 9, sex: 'm'},
        {species: 'Gentoo', year: 2009, mass: 6, sex: ''},
        {species: null, year: 2007, mass: 6, sex: 'm'},
      ],
    },
    {
      title: 'a constant',
      params: {columns: ['sex'], with: 'constant', value: 'unknown'},
      rows: [
        {sex: null, mass: null},
        {sex: '', mass: 1},
      ],
      gives: [
        {sex: 'unknown', mass: null},
        {sex: '', mass: 1},
      ],
    },
  ],
})

const nothing = {number: 0, boolean: 0, category: 'missing', date: 0} as const

/** A fill as SQL of the column's own type; numbers are DOUBLE. */
function literal({type, kind}: Column, fill: Fill): Sql {
  if (kind === 'category') return sql`${String(fill)}`
  if (kind === 'boolean') return fill === 0 ? sql`false` : sql`true`
  return kind === 'date' ? fromMicros(type, fill as number) : double(fill as number)
}

/** A constant in the form of each column. @throws AppError `wrong-type` where it is of another type */
async function constants(
  columns: readonly Column[],
  value: string | number | boolean,
  ask: Ask,
): Promise<Fill[]> {
  const fills: Fill[] = []
  for (const column of columns) {
    const {name, type, kind} = column
    // A number column becomes DOUBLE, so that 0.5 can fill whole numbers.
    const own = kind === 'number' ? sql`double` : raw(type)
    const [row] = await ask(
      sql`select ${plain(column)} as fill from (select try_cast(${value} as ${own}) as ${id(name)})`,
    )
    if (row!.fill === null)
      throw new AppError(
        'wrong-type',
        says`${JSON.stringify(value)} cannot fill column "${name}" (${type})`,
        {hint: says`name only columns of one kind, and give a value of that kind`},
      )
    fills.push(row!.fill as Fill)
  }
  return fills
}

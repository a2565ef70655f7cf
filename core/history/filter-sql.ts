// A filter's tree as a SQL condition over the index. What is missing satisfies no comparison, and so every
// `not` of one.
import {raw, type Sql, sql} from '../data/sql.ts'
import type {RunNames} from '../schema/history.ts'
import {type Phrase, says} from '../words/says.ts'
import {type Field, field} from './fields.ts'
import {type Filter, type Literal, type Name, operators, wrong} from './filter.ts'

export function filterSql(filter: Filter, names: RunNames): Sql {
  const inner = (side: Filter) => filterSql(side, names)
  switch (filter.is) {
    case 'and':
      return sql`(${inner(filter.sides[0])} and ${inner(filter.sides[1])})`
    case 'or':
      return sql`(${inner(filter.sides[0])} or ${inner(filter.sides[1])})`
    case 'not':
      return sql`(not ${inner(filter.side)})`
    case 'compare':
      return compare(filter, names)
    case 'like': {
      const {sql: subject, type} = field(filter.name, names)
      if (type === 'list') throw mismatch(filter.name, says`is a list`, says`use has 'x'`)
      return sure(sql`${subject}::varchar ilike ${filter.pattern}`)
    }
    case 'in':
      return filter.values
        .map(value => compare({name: filter.name, operator: '=', with: value}, names))
        .reduce((a, b) => sql`(${a} or ${b})`)
    case 'has': {
      const {sql: subject, type} = field(filter.name, names)
      if (type !== 'list') throw mismatch(filter.name, says`is not a list`, says`use = or like`)
      return sure(sql`list_contains(${subject}, ${filter.value})`)
    }
    case 'missing':
      return sql`(${field(filter.name, names).sql} is null)`
    case 'flag': {
      const {sql: subject, type} = field(filter.name, names)
      if (type === 'flag') return sure(subject)
      if (type === 'any') return sure(sql`${subject} = 'true'`)
      throw mismatch(filter.name, says`is not true or false`, says`compare it with something`)
    }
  }
}

type Compare = Pick<Extract<Filter, {is: 'compare'}>, 'name' | 'operator' | 'with'>

function compare({name, operator, with: other}: Compare, names: RunNames): Sql {
  const left = field(name, names)
  const sign = raw(operators[operators.indexOf(operator)]!)
  if ('path' in other) {
    const right = field(other, names)
    return sure(sql`${number(left, name)} ${sign} ${number(right, other)}`)
  }
  const [subject, value] = sides(left, name, other)
  return sure(sql`${subject} ${sign} ${value}`)
}

const sure = (condition: Sql) => sql`coalesce(${condition}, false)`

function number({sql: subject, type}: Field, name: Name): Sql {
  if (type === 'number') return subject
  if (type === 'any') return sql`try_cast(${subject} as double)`
  throw mismatch(name, says`is not a number`, says`put text in quotes`)
}

function sides({sql: subject, type}: Field, name: Name, {type: given, value}: Literal): [Sql, Sql] {
  switch (type) {
    case 'number':
      if (given === 'number') return [subject, sql`${value}`]
      throw mismatch(name, says`is a number`, says`compare it with one, without quotes`)
    case 'any':
      return given === 'number'
        ? [sql`try_cast(${subject} as double)`, sql`${value}`]
        : [subject, sql`${String(value)}`]
    case 'text':
      if (given === 'text') return [subject, sql`${value}`]
      throw mismatch(name, says`is text`, says`put the other side in quotes`)
    case 'flag':
      if (given === 'flag') return [subject, sql`${value}`]
      throw mismatch(
        name,
        says`is true or false`,
        says`write ${name.path.join('.')} or not ${name.path.join('.')}`,
      )
    case 'time': {
      // Without a time zone it is meant in UTC, as runs are dated.
      const text = String(value).replace(' ', 'T')
      const time = new Date(/T/.test(text) && !/Z$/i.test(text) ? `${text}Z` : text)
      if (given === 'text' && !Number.isNaN(time.getTime())) return [subject, sql`${time}`]
      throw mismatch(name, says`is a time`, says`such as 2026-03-01 or 2026-03-01T10:00`)
    }
    case 'list':
      throw mismatch(name, says`is a list`, says`use has 'x'`)
  }
}

const mismatch = ({path, at}: Name, what: Phrase, hint: Phrase) =>
  wrong(at, says`${path.join('.')} ${what}`, hint)

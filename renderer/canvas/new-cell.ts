// What a cell says when it is added: its name, and for a query its first line.
import type {KindInfo} from '../../core/schema/kind.ts'
import type {Edit} from '../../core/schema/live.ts'
import type {Part} from './connect.ts'
import {type Graph, referenceOf} from './graph.ts'

type Insert = Extract<Edit, {do: 'insert'}>
type Source = {id: string; part?: Part | undefined}

/** The edit that adds a cell of a kind; after and from `source`, else after `after` or at the end. */
export function newCell(
  graph: Graph,
  {kind, language}: KindInfo,
  {source, after}: {source?: Source | undefined; after?: string | undefined} = {},
): Insert {
  const beside = source?.id ?? after
  return {
    do: 'insert',
    where: beside === undefined ? 'end' : {after: beside},
    language,
    name: freeName(namesOf(graph), kind.replaceAll('-', '_')),
    ...(language === 'yaml' && {kind}),
    ...(language === 'yaml' &&
      source && {from: [referenceOf({from: source.id, part: source.part})]}),
    ...(language === 'sql' && {body: source ? `select *\nfrom ${table(source)}\n` : 'select 1\n'}),
  }
}

/** As SQL names a table; what is not a plain word stands in quotes. */
const table = ({id, part}: Source) =>
  [id, ...(part ? [part] : [])]
    .map(name => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`))
    .join('.')

export const namesOf = ({cells}: Graph) => [...cells.values()].map(({name}) => name)

/** A name that is not taken: `impute_2`. The host has the last word. */
export function freeName(taken: Iterable<string>, base: string): string {
  const key = (name: string) => name.normalize('NFC').toLowerCase()
  const keys = new Set([...taken].map(key))
  if (!keys.has(key(base))) return base
  const stem = base.replace(/_\d+$/, '')
  let n = 2
  while (keys.has(key(`${stem}_${n}`))) n++
  return `${stem}_${n}`
}

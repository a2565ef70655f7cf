// A kind of cell says in English what it is; the window says it in Portuguese from its catalogue.
import {describe, expect, test} from 'vitest'
import {kindInfos} from '../../../core/notebook/kinds.ts'
import type {KindInfo, ParamSchema} from '../../../core/schema/kind.ts'
import {kinds as translated} from '../../../resources/locales/pt-BR/kinds/index.ts'

const infos = kindInfos()
const everywhere = translated['*']?.params ?? {}
const paramsOf = ({params}: KindInfo): [string, ParamSchema][] =>
  Object.entries(params.properties ?? {})

describe.each(infos.map(info => [info.kind, info] as const))('%s', (kind, info) => {
  const words = translated[kind]
  const own = words?.params ?? {}
  const names = paramsOf(info).map(([name]) => name)
  const said = (name: string) => (own[name] ?? everywhere[name])?.description

  test('has a Portuguese title, and a doc where it has one in English', () => {
    expect(words?.title?.trim()).toBeTruthy()
    expect(Boolean(words?.doc?.trim())).toBe(info.doc !== '')
  })

  test('has a Portuguese label and description for every parameter', () => {
    const silent = names.filter(name => {
      const {label, description} = own[name] ?? everywhere[name] ?? {}
      return !label?.trim() || !description?.trim()
    })
    expect(silent).toEqual([])
  })

  test('has no Portuguese words for a parameter that it does not take', () => {
    expect(Object.keys(own).filter(name => !names.includes(name))).toEqual([])
  })

  test('keeps the code that its English words quote', () => {
    const texts = paramsOf(info).map(([name, schema]) => [schema.description, said(name)] as const)
    const lost = [[info.doc, words?.doc] as const, ...texts].flatMap(([english, portuguese]) =>
      codeIn(english).filter(code => !codeIn(portuguese).includes(code)),
    )
    expect(lost).toEqual([])
  })

  test('explains every value of a choice, as the values stay English', () => {
    const silent = paramsOf(info).flatMap(([name, schema]) =>
      proper.includes(`${kind} ${name}`)
        ? []
        : choicesOf(schema).filter(value => !wordsOf(said(name)).includes(value)),
    )
    expect(silent).toEqual([])
  })
})

test('there are no Portuguese words for a kind that does not exist', () => {
  const known = infos.map(({kind}) => kind)
  expect(Object.keys(translated).filter(kind => kind !== '*' && !known.includes(kind))).toEqual([])
})

test('what is said of a parameter everywhere is used by a kind that says nothing of its own', () => {
  const unused = Object.keys(everywhere).filter(
    name =>
      !infos.some(
        info =>
          paramsOf(info).some(([one]) => one === name) && !translated[info.kind]?.params?.[name],
      ),
  )
  expect(unused).toEqual([])
})

test('no two kinds have the same Portuguese title, nor two parameters of a kind the same label', () => {
  const titles = infos.map(({kind}) => translated[kind]?.title)
  expect(repeated(titles)).toEqual([])
  const labels = infos.flatMap(info =>
    repeated(
      paramsOf(info).map(
        ([name]) => (translated[info.kind]?.params?.[name] ?? everywhere[name])?.label,
      ),
    ),
  )
  expect(labels).toEqual([])
})

const repeated = <T>(list: readonly T[]) => list.filter((one, i) => list.indexOf(one) !== i)

/** What stands between backticks. Names with a gap, such as `<column>_sin`, have their gap translated. */
const codeIn = (text = '') =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code!).filter(code => !code.includes('<'))

const wordsOf = (text = '') => text.split(/[^\w-]+/)

/** Choices among proper names, which need no translation. */
const proper = [
  'source format',
  'mlp activation',
  'mlp optimizer',
  'cnn activation',
  'cnn optimizer',
]

/** The words to choose from, also where they are one of several shapes or a list's items. */
const choicesOf = ({enum: own = [], anyOf = [], items}: ParamSchema): string[] => [
  ...own.map(String).filter(value => /[a-z]/.test(value)),
  ...[...anyOf, ...(items ? [items] : [])].flatMap(choicesOf),
]

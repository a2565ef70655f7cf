import {expect, onTestFinished, test} from 'vitest'
import {Session} from '../../../core/data/session.ts'
import {raw} from '../../../core/data/sql.ts'
import {type AppError, messageOf} from '../../../core/error.ts'
import {readYaml} from '../../../core/notebook/yaml.ts'
import {spoken} from '../../../core/words/says.ts'
import {sentences} from '../../../resources/locales/pt-BR/sentences.ts'
import {temporaryFolder} from '../../support/folder.ts'

const mistakes: [query: string, said: string][] = [
  ['select b from t', 'não há coluna "b" nas tabelas do FROM'],
  ['select x.a from t', 'a tabela "x" não está na consulta'],
  ['select t.b from t', 'a tabela "t" não tem coluna chamada "b"'],
  ['select a from nowhere', 'não há tabela chamada nowhere'],
  ['select foo(a) from t', 'não há função chamada foo'],
  [
    'select sum(s) from t',
    "nenhuma função atende a 'sum(VARCHAR)'; talvez falte converter os tipos",
  ],
  ['select a from t, u', 'a coluna "a" é ambígua: use "t.a" ou "u.a"'],
  [
    'select a, count(*) from t',
    'a coluna "a" deve estar no GROUP BY ou dentro de uma função de agregação',
  ],
  ['select sum(count(*)) from t', 'uma função de agregação não pode conter outra'],
  ['select a from t where count(*) > 1', 'o WHERE não pode conter agregações'],
  ['select a from t where row_number() over () = 1', 'o WHERE não pode conter funções de janela'],
  ['select 1 union select 1, 2', 'as consultas reunidas devem ter o mesmo número de colunas'],
  ['select s::int from t', "não é possível converter o texto 'x' da coluna s em INT32"],
  ["select cast('300' as tinyint)", "não é possível converter o texto '300' em INT8"],
  ["select strptime(s, '%d') from t", 'o texto "x" não segue o formato "%d"'],
  ['select a from t order', 'erro de sintaxe no fim da consulta'],
  ['select a b c from t', 'erro de sintaxe em "c" ou perto disso'],
  ["select 'abc", 'falta fechar as aspas de um texto em "\'abc" ou perto disso'],
]

test.each(mistakes)('what DuckDB says of %s is said in Portuguese', async (query, said) => {
  const session = await Session.open({folder: await temporaryFolder(), threads: 1})
  onTestFinished(() => session.close())
  await session.run(raw("create table t as select 1 as a, 'x' as s"))
  await session.run(raw('create table u as select 1 as a'))
  const error = await failing(session, query)
  expect(spoken(messageOf(error).said, sentences)).toBe(said)
})

async function failing(session: Session, query: string): Promise<AppError> {
  try {
    await session.rows(raw(query))
  } catch (error) {
    return error as AppError
  }
  throw new Error(`${query} does not fail`)
}

const torn: [yaml: string, said: string][] = [
  ['columns: [a', 'a lista que começa com [ deve estar recuada e terminar com ]'],
  ['make: {a: 1', 'o conjunto que começa com { deve estar recuado e terminar com }'],
  ['a: 1\na: 2', 'um parâmetro aparece duas vezes'],
  ['a: b: c', 'há dois pontos demais em uma linha: ponha um "nome: valor" em cada'],
  ['a: "b', 'falta fechar as aspas (")'],
  ['a: 1\nb', 'depois de um nome devem vir dois pontos e um valor'],
  ['a:\n\t- 1', 'o recuo é feito com espaços, não com tabulações'],
  ['a: [1 2', 'a lista que começa com [ deve estar recuada e terminar com ]'],
  ['a: @b', 'um valor sem aspas não pode começar com @'],
]

test.each(torn)('what is wrong with the YAML %j is said in Portuguese', (yaml, said) => {
  const [fault] = readYaml(yaml, 'a.md', {start: 0, end: yaml.length, line: 1, column: 1}).faults
  expect(spoken(fault!.said!.message!, sentences)).toBe(said)
})

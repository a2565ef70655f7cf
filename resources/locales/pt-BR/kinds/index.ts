// Os tipos de célula. Em inglês cada tipo traz as próprias palavras; aqui estão as traduções, por grupo.
// Nomes de parâmetros e seus valores são a língua do documento e ficam como são.
import {categories} from './categories.ts'
import {clean} from './clean.ts'
import {columns} from './columns.ts'
import {data} from './data.ts'
import {models} from './models.ts'
import {numbers} from './numbers.ts'
import {review} from './review.ts'
import {rows} from './rows.ts'
import {tables} from './tables.ts'
import {text} from './text.ts'
import {time} from './time.ts'
import type {KindWords, ParamWords} from './words.ts'

/** Para os parâmetros que significam o mesmo em todo tipo que não diz outra coisa. */
const everywhere: Record<string, ParamWords> = {
  columns: {label: 'Colunas', description: 'As colunas de que esta etapa trata.'},
  target: {label: 'Alvo', description: 'A coluna a ser prevista.'},
  features: {
    label: 'Atributos',
    description: 'As colunas a partir das quais se prevê; se omitidas, todas as outras.',
  },
  task: {
    label: 'Tarefa',
    description:
      'Classes (classification), um número (regression) ou grupos (clustering); se omitida, o alvo a determina.',
  },
  seed: {label: 'Semente', description: 'A mesma semente repete o mesmo resultado.'},
}

export const kinds: Record<string, Partial<KindWords>> = {
  '*': {params: everywhere},
  ...data,
  ...clean,
  ...columns,
  ...rows,
  ...numbers,
  ...categories,
  ...text,
  ...time,
  ...tables,
  ...models,
  ...review,
}

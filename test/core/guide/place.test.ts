// A cell that the guide adds comes below the item's own heading.
import {expect, test} from 'vitest'
import {placeFor} from '../../../core/guide/place.ts'
import type {Block} from '../../../core/schema/live.ts'

const text = (id: string, text: string): Block => ({type: 'text', id, text})
const cell = (name: string): Block => ({
  type: 'cell',
  id: name,
  name,
  language: 'yaml',
  kind: 'source',
  from: [],
  body: '',
})

const prompts = '## Cleaning\n\n> Why?\n\n## Features\n\n> Which?\n\n## Training\n\n> How?'

test('a text is divided at the end of the section', () => {
  const blocks = [cell('birds'), text('birds¶', prompts)]
  expect(placeFor(blocks, 'features', 'birds')).toEqual({
    after: 'birds¶',
    divide: {
      before: '## Cleaning\n\n> Why?\n\n## Features\n\n> Which?',
      rest: '## Training\n\n> How?',
    },
  })
})

test('the last section of a text needs no division', () => {
  const blocks = [cell('birds'), text('birds¶', prompts)]
  expect(placeFor(blocks, 'training', 'birds')).toEqual({after: 'birds¶'})
})

test('what comes before the cell, stands in code, or is not there moves nothing', () => {
  const blocks = [text('¶', '## Limpeza\n\n## Atributos'), cell('birds'), cell('parts')]
  expect(placeFor(blocks, 'features', 'parts')).toEqual({after: 'parts'})
  const code = [cell('birds'), text('birds¶', '```\n## Features\n```')]
  expect(placeFor(code, 'features', 'birds')).toEqual({after: 'birds'})
  expect(placeFor([cell('birds')], 'cleaning', 'birds')).toEqual({after: 'birds'})
})

import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {type Now, staleFigures} from '../../../core/registry/card.ts'
import {cardMarkdown} from '../../../core/registry/card-markdown.ts'
import {toSageMakerCard} from '../../../core/registry/sagemaker-card.ts'
import {type Card, cardSchema} from '../../../core/schema/card.ts'
import {json} from '../../../core/schema/figure.ts'
import {temporaryFolder} from '../../support/folder.ts'
import {violations} from '../../support/json-schema.ts'
import {card, registration, registry, run} from './registration.ts'

const now = (more: Partial<Now> = {}): Now => ({
  run: id => (id === run.id ? run : undefined),
  data: run.data,
  ...more,
})

test('every figure of a card names its run or its data', () => {
  const figures = [...card.data.rows, ...card.training.figures, ...card.evaluation.figures]
  expect(figures.map(f => f.name)).toEqual(['train', 'test', 'loss', 'epochs', 'f1', 'log_loss'])
  for (const {evidence} of figures) expect(evidence.data).toBe(run.data)
  for (const {evidence} of [...card.training.figures, ...card.evaluation.figures])
    expect(evidence.run).toBe(run.id)
})

test('a card survives its JSON', () => {
  expect(cardSchema.parse(JSON.parse(json(card)))).toEqual(JSON.parse(json(card), revive))
})
const revive = (_: string, x: unknown) => (x === 'Infinity' ? Number.POSITIVE_INFINITY : x)

test('a figure is stale when its data, its run or its value is not what it was', () => {
  const reasons = (world: Now) =>
    staleFigures(card, world).map(({fact, reason}) => `${fact.name} ${reason}`)
  expect(reasons(now())).toEqual([])
  expect(reasons({run: now().run})).toEqual([])
  expect(reasons(now({data: 'other'}))).toEqual(
    ['train', 'test', 'loss', 'epochs', 'f1', 'log_loss'].map(name => `${name} data-changed`),
  )
  expect(reasons(now({run: () => undefined}))).toEqual(
    ['loss', 'epochs', 'f1', 'log_loss'].map(name => `${name} run-removed`),
  )
  const changed = {metrics: {...run.metrics, f1: 0.1}}
  expect(reasons(now({run: () => changed}))).toEqual(['f1 figure-changed'])
})

test('what people write joins the card, and the log keeps who wrote it', async () => {
  const {models} = registry(join(await temporaryFolder(), 'models'))
  const {version} = await models.register(registration('one'))
  expect((await models.card(version))?.texts).toEqual({purpose: 'Tell the species of a penguin'})
  await models.describe('penguins', 1, {limitations: 'Three islands only'})
  const after = await models.describe('penguins', 1, {purpose: 'Count penguins'})
  const written = await models.card(after)
  expect(written?.overview.number).toBe(1)
  expect(written?.texts).toEqual({purpose: 'Count penguins', limitations: 'Three islands only'})
  expect((await models.audit('penguins')).events.at(-1)).toMatchObject({
    type: 'described',
    by: {name: 'Ana'},
  })
})

test('the Markdown of a card', async () => {
  const {models} = registry(join(await temporaryFolder(), 'models'))
  await models.register(registration('one'))
  await models.register(registration('two'))
  await models.setStage('penguins', 1, 'staging')
  const {versions} = await models.get('penguins')
  const shown = (await models.card(versions[0]!))!
  const world = now({run: () => ({metrics: {...run.metrics, f1: 0.1}})})
  await expect(cardMarkdown(shown, {versions, now: world})).toMatchFileSnapshot('card.en.md')
  await expect(cardMarkdown(shown, {versions, now: world, language: 'pt-BR'})).toMatchFileSnapshot(
    'card.pt-BR.md',
  )
})

test('names from data cannot break the Markdown or smuggle HTML into it', () => {
  const odd: Card = {
    ...card,
    overview: {...card.overview, name: 'a|b <script>*x*', owners: ['<img src=x>\n# no']},
    data: {...card.data, inputs: [{name: 'a|b`c\nd', type: 'VARCHAR'}]},
    caveats: ['[click](javascript:x)'],
  }
  const text = cardMarkdown(odd)
  expect(text).toContain('# Model card: a|b \\<script\\>\\*x\\*')
  expect(text).toContain('- Owners: \\<img src=x\\> \\# no')
  expect(text).toContain('| `` a\\|b`c d `` | `VARCHAR` |')
  expect(text).toContain('- \\[click\\](javascript:x)')
})

test('a card exports to the schema of SageMaker, whatever is in it', async () => {
  const file = join(import.meta.dirname, 'sagemaker-model-card.schema.json')
  const schema = JSON.parse(await readFile(file, 'utf8'))
  const long = 'x'.repeat(5000)
  const extreme: Card = {
    ...card,
    overview: {...card.overview, number: 3, owners: [long]},
    texts: {
      description: long,
      purpose: long,
      limitations: long,
      ethics: long,
      'intended-uses': long,
    },
    training: {...card.training, params: {long}, engine: undefined},
    evaluation: {title: long, figures: card.evaluation.figures},
    caveats: [long],
  }
  const bare: Card = {...card, texts: {}, caveats: [], evaluation: {figures: []}}
  for (const one of [card, extreme, bare]) {
    const exported = JSON.parse(JSON.stringify(toSageMakerCard(one)))
    expect(violations(schema, exported)).toEqual([])
  }
  expect(toSageMakerCard(card)).toMatchObject({
    model_overview: {problem_type: 'classification', model_name: 'penguins'},
    evaluation_details: [
      {
        name: 'Test rows',
        metric_groups: [
          {
            metric_data: [
              {name: 'f1', type: 'number', value: 0.9125},
              {name: 'log_loss', type: 'string', value: 'Infinity'},
            ],
          },
        ],
      },
    ],
  })
  // The checker itself sees what is wrong.
  expect(violations(schema, {model_overview: {model_name: long, extra: 1}})).toEqual([
    '$.model_overview.extra: not allowed',
    '$.model_overview.model_name: too long',
  ])
})

import {expect, test} from 'vitest'
import {models} from '../../../core/models/index.ts'
import type {TrainJob} from '../../../core/train/job.ts'
import {work} from '../../../core/train/work.ts'
import {english} from '../../../core/words/says.ts'
import {project} from './project.ts'

const context = () => ({signal: new AbortController().signal, tell: () => {}, log: () => {}})

const refused: [string, (job: TrainJob, all: string) => Partial<TrainJob>, object][] = [
  [
    'an unknown kind',
    () => ({model: {kind: 'logistics', params: {}}}),
    {code: 'unknown-kind', hint: 'did you mean "logistic"?'},
  ],
  [
    'an unknown parameter',
    () => ({model: {kind: 'logistic', params: {c: 1}}}),
    {code: 'bad-params', message: expect.stringContaining('"c"')},
  ],
  [
    'a bad parameter, with its path',
    () => ({model: {kind: 'logistic', params: {C: -1}}}),
    {code: 'bad-params', where: 'C'},
  ],
  ['a missing target', () => ({target: undefined}), {code: 'bad-params', where: 'target'}],
  [
    'a task that the model does not do',
    () => ({task: 'regression'}),
    {code: 'bad-params', message: 'logistic does classification, not regression'},
  ],
  ['a text feature', () => ({features: ['a', 'side']}), {code: 'wrong-type', where: 'side'}],
  [
    'missing values',
    (_, all) => ({tables: {train: `select * replace (nullif(fold, 0) as a) ${all}`}}),
    {
      code: 'bad-data',
      message: '"a" has 100 missing values',
      hint: expect.stringContaining('impute'),
    },
  ],
  [
    'NaN, which is missing too',
    (_, all) => ({
      tables: {train: `select * replace (if(fold = 0, 'nan'::double, a) as a) ${all}`},
    }),
    {code: 'bad-data', message: '"a" has 100 missing values', where: 'a'},
  ],
  [
    'an infinite target',
    (_, all) => ({
      target: 'b',
      features: ['a'],
      model: {kind: 'linear', params: {}},
      tables: {train: `select * replace (if(fold = 0, 'inf'::double, b) as b) ${all}`},
    }),
    {code: 'bad-data', message: 'the target "b" has infinite or too large values', where: 'b'},
  ],
  [
    'one class',
    (_, all) => ({tables: {train: `${all} where side = 'left'`}}),
    {code: 'bad-data', message: 'the target has one class only: "left"'},
  ],
  [
    'no rows',
    (_, all) => ({tables: {train: `${all} where false`}}),
    {code: 'bad-data', message: 'there are no training rows'},
  ],
  ['no features', () => ({features: []}), {code: 'bad-data'}],
  ['a broken query', () => ({tables: {train: 'from nowhere'}}), {code: 'bad-sql'}],
]
for (const [what, change, fault] of refused)
  test(`a job is refused: ${what}`, async () => {
    const {job, all} = await project()
    await expect(work({...job, ...change(job, all)}, models, context())).rejects.toMatchObject(
      fault,
    )
  })

test('a target decides the task where a model does several, unless the job says otherwise', async () => {
  const {job} = await project()
  const task = async (change: Partial<TrainJob>) =>
    (await work({...job, model: {kind: 'knn', params: {}}, ...change}, models, context())).task
  expect(await task({})).toBe('classification')
  expect(await task({target: 'fold'})).toBe('regression')
  expect(await task({target: 'fold', task: 'classification'})).toBe('classification')
  const clusters = await work(
    {...job, model: {kind: 'k-means', params: {clusters: 2}}},
    models,
    context(),
  )
  expect(clusters).toMatchObject({task: 'clustering'})
  expect(clusters.target).toBeUndefined()
})

test('a constant feature, and validation rows of an unknown class, are warnings', async () => {
  const {job, all} = await project()
  const {fit} = await work(
    {
      ...job,
      features: ['a', 'same'],
      tables: {
        train: `select *, 1 as same ${all}`,
        validation: `select * replace (if(fold = 0, 'up', side) as side), 1 as same ${all}`,
      },
    },
    models,
    context(),
  )
  expect(fit.warnings.map(english)).toEqual([
    '"same" has the same value in every training row and cannot help',
    '100 validation rows of a class that training never saw were left out',
  ])
  expect(fit.rows).toEqual({train: 300, validation: 200})
})

test('a column of weights reaches the model', async () => {
  const {job, all} = await project()
  job.tables.train = `select *, if(side = 'left', 0, 1) as w ${all}`
  const {fit} = await work(
    {...job, weights: 'w', model: {kind: 'naive-bayes', params: {}}},
    models,
    context(),
  )
  expect(fit.rows.train).toBe(300)
  job.tables.train = `select *, 0 as w ${all}`
  await expect(work({...job, weights: 'w'}, models, context())).rejects.toMatchObject({
    message: 'all row weights are zero',
  })
})

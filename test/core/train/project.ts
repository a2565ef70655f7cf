// A small project with rows to train on.
import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'
import {onTestFinished} from 'vitest'
import {Session} from '../../../core/data/session.ts'
import {raw} from '../../../core/data/sql.ts'
import type {TrainJob} from '../../../core/train/job.ts'
import {temporaryFolder} from '../../support/folder.ts'

/** A project folder with 300 stored rows: `a`, `b` and the class `side`, which `a + b` decides. */
export async function project() {
  const folder = await temporaryFolder()
  await mkdir(join(folder, '.bancada', 'objects'), {recursive: true})
  const session = await Session.open({folder, threads: 1})
  onTestFinished(() => session.close())
  await session.write(
    raw(`select sin(i) as a, cos(3 * i) as b, if(a + b > 0, 'right', 'left') as side, i % 3 as fold
      from range(300) t(i)`),
    join(folder, '.bancada', 'objects', 'rows.parquet'),
  )
  const all = 'from objects."rows.parquet"'
  const job: TrainJob = {
    model: {kind: 'logistic', params: {}},
    target: 'side',
    features: ['a', 'b'],
    seed: 1,
    session: {folder, threads: 1},
    objects: ['rows.parquet'],
    tables: {train: all},
    folds: [],
    outFolder: join(folder, 'out'),
  }
  return {folder, job, all}
}

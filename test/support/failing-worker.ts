// A training process with models that misbehave, to see that nothing of it reaches the parent.
import {writeFileSync, writeSync} from 'node:fs'
import {z} from 'zod'
import {models} from '../../core/models/index.ts'
import {defineModel, type Model} from '../../core/plugin.ts'
import {serveTraining} from '../../core/train/serve.ts'

const failing = (kind: string, misbehave: (file: string) => Promise<never> | never) =>
  defineModel<{file: string}>({
    kind,
    version: 1,
    title: kind,
    doc: kind,
    tasks: ['regression'],
    params: z.strictObject({file: z.string().default('')}),
    fit: async ({file}, _, {tell}) => {
      tell({message: 'fitting'})
      return misbehave(file)
    },
  })

const kinds = [
  failing('exit', () => {
    console.error('goodbye from the worker')
    process.exit(7)
  }),
  failing('talk', () => {
    const [check, ...rest] = Buffer.from('✓\n')
    // A letter in two pieces.
    writeSync(1, Buffer.concat([Buffer.from('one\ntwo '), Buffer.of(check!)]))
    writeSync(1, Buffer.from(rest))
    writeSync(2, 'three\n\nunended')
    process.exit(3)
  }),
  failing('kill', () => {
    process.kill(process.pid, 'SIGKILL')
    return new Promise<never>(() => {})
  }),
  failing('heap', () => {
    const kept: unknown[] = []
    for (;;) kept.push(Array.from({length: 1e5}, (_, i) => ({i})))
  }),
  failing('arrays', async () => {
    const kept: Float64Array[] = []
    for (;;) {
      kept.push(new Float64Array(4e6).fill(kept.length))
      await new Promise(resolve => setTimeout(resolve, 5))
    }
  }),
  failing('loop', file => {
    if (file) writeFileSync(file, String(process.pid))
    for (;;);
  }),
  failing('throw', () => {
    throw new TypeError('a bug in a model')
  }),
]
serveTraining({
  ...models,
  ...Object.fromEntries(kinds.map(model => [model.kind, model as unknown as Model])),
})

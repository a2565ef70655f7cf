// What the project is for, what success is measured by, and whose it is: kept in `bancada.json`.
import {Autocomplete, Button, Group, NumberInput, Stack, Textarea, TextInput} from '@mantine/core'
import {useState} from 'react'
import {store, useStore} from '../state/store.ts'
import {useT} from '../ui/i18n.ts'

/** Of classes, then of numbers. */
const metrics = [
  'macro_f1',
  'accuracy',
  'balanced_accuracy',
  'macro_recall',
  'macro_precision',
  'mae',
  'rmse',
  'r2',
  'mape',
]

export function ProblemForm({onDone}: {onDone: () => void}) {
  const t = useT()
  const manifest = useStore(state => state.project?.manifest)
  const [problem, setProblem] = useState(manifest?.problem ?? '')
  const [metric, setMetric] = useState(manifest?.success?.metric ?? '')
  const [authors, setAuthors] = useState(manifest?.owners.join(', ') ?? '')
  const [threshold, setThreshold] = useState<number | string>(manifest?.success?.threshold ?? '')
  const whole = problem.trim() !== '' && metric.trim() !== '' && typeof threshold === 'number'
  async function save() {
    const {call, fail, project, remember} = store.getState()
    if (!project || typeof threshold !== 'number') return
    try {
      const change = {
        problem: problem.trim(),
        success: {metric: metric.trim(), threshold},
        owners: authors.split(',').flatMap(name => name.trim() || []),
      }
      store.setState({project: {...project, manifest: await call('project.update', change)}})
      // The work has begun here, so the guide is there the next time too.
      remember('guide', true)
      onDone()
    } catch (error) {
      fail(error)
    }
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        void save()
      }}
    >
      <Stack gap="xs" mt="xs">
        <Textarea
          label={t('guide.form.problem')}
          description={t('guide.form.problemHint')}
          value={problem}
          onChange={event => setProblem(event.currentTarget.value)}
          autosize
          minRows={2}
          data-autofocus
        />
        <Autocomplete
          label={t('guide.form.metric')}
          description={t('guide.form.metricHint')}
          data={metrics}
          value={metric}
          onChange={setMetric}
        />
        <NumberInput
          label={t('guide.form.threshold')}
          value={threshold}
          onChange={setThreshold}
          hideControls
        />
        <TextInput
          label={t('guide.form.authors')}
          description={t('guide.form.authorsHint')}
          value={authors}
          onChange={event => setAuthors(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button type="submit" size="compact-sm" disabled={!whole}>
            {t('common.save')}
          </Button>
          <Button variant="subtle" size="compact-sm" onClick={onDone}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

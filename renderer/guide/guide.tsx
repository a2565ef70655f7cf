// The checklist of a guided project, beside its document. Nobody ticks it: it says what the document shows.
import {Button, Group, Text, UnstyledButton} from '@mantine/core'
import {
  IconChevronDown,
  IconChevronRight,
  IconCircle,
  IconCircleCheck,
  IconReport,
} from '@tabler/icons-react'
import {useState} from 'react'
import type {Item, Next} from '../../core/guide/checklist.ts'
import {useStore} from '../state/store.ts'
import {useKindWords, useT} from '../ui/i18n.ts'
import css from './guide.module.css'
import {doNext} from './next.ts'
import {ProblemForm} from './problem-form.tsx'
import {reportItem} from './report-screen.tsx'
import {useChecklist} from './use-checklist.ts'

export function Guide() {
  const t = useT()
  const items = useChecklist()
  const {shown, toggle} = useGuide()
  const route = useStore(state => state.route)
  const go = useStore(state => state.go)
  if (!items) return null
  const done = items.filter(item => item.done).length
  const Chevron = shown ? IconChevronDown : IconChevronRight
  return (
    <section className={css.guide} aria-label={t('guide.title')}>
      <UnstyledButton className={css.head} aria-expanded={shown} onClick={toggle}>
        <Chevron size={16} aria-hidden />
        <Text fw={600} size="sm">
          {t('guide.title')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('guide.count', {done, all: items.length})}
        </Text>
      </UnstyledButton>
      {shown && (
        <>
          <ol className={css.items}>
            {items.map(item => (
              <ItemView key={item.id} item={item} />
            ))}
          </ol>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconReport size={14} aria-hidden />}
            onClick={() => route.at === 'project' && go({...route, item: reportItem})}
          >
            {t('report.action')}
          </Button>
        </>
      )}
    </section>
  )
}

/** Open at first where the work is still to be done; after that as it was left. */
export function useGuide() {
  const remembered = useStore(state => state.settings.window.guide) as boolean | undefined
  const remember = useStore(state => state.remember)
  const problem = useStore(state => state.project?.manifest.problem)
  const [fresh] = useState(!problem)
  const shown = remembered ?? fresh
  return {shown, toggle: () => remember('guide', !shown)}
}

function ItemView({item}: {item: Item}) {
  const t = useT()
  const [filling, setFilling] = useState(false)
  const readOnly = useStore(state => state.doc?.readOnly || state.project?.readOnly) ?? false
  const Mark = item.done ? IconCircleCheck : IconCircle
  const next = item.done ? undefined : item.next
  const asks = item.id === 'problem' && !readOnly
  return (
    <li className={css.item} data-done={item.done}>
      <Mark className={css.mark} size={18} aria-hidden />
      <div>
        <Group gap={6} align="baseline">
          <Text size="sm" fw={600}>
            {t(`guide.items.${item.id}`)}
          </Text>
          <Text size="xs" c="dimmed">
            {t(item.done ? 'guide.done' : 'guide.open')}
          </Text>
        </Group>
        {item.facts.map(({say, values}) => (
          <Text size="xs" key={`${say} ${values.cell ?? ''}`} className={css.fact}>
            {t(`guide.facts.${say}`, values)}
          </Text>
        ))}
        {!item.done && (
          <Text size="xs" c="dimmed">
            {t(`guide.lack.${item.lack}`)}
          </Text>
        )}
        {asks && !filling && (
          <Button
            variant={item.done ? 'subtle' : 'default'}
            size="compact-xs"
            mt={4}
            onClick={() => setFilling(true)}
          >
            {t(item.done ? 'guide.next.change' : 'guide.next.problem')}
          </Button>
        )}
        {asks && filling && <ProblemForm onDone={() => setFilling(false)} />}
        {next && next.do !== 'problem' && !readOnly && <NextButton item={item} next={next} />}
      </div>
    </li>
  )
}

function NextButton({item, next}: {item: Item; next: Exclude<Next, {do: 'problem'}>}) {
  const t = useT()
  const words = useKindWords()
  const kinds = useStore(state => state.kinds)
  const name = next.do === 'insert' ? kinds[next.kind] : undefined
  const values = {
    ...(name && {kind: words(name.kind, name).title}),
    ...('cell' in next && {cell: next.cell}),
  }
  return (
    <Button
      variant="default"
      size="compact-xs"
      mt={4}
      onClick={() => void doNext(item.id, next, t)}
    >
      {t(`guide.next.${next.do}`, values)}
    </Button>
  )
}

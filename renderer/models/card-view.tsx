// A version's card: what it is for and what is known of it, each figure with the run and data that it rests on.
import {Alert, Anchor, Box, Button, Group, Stack, Table, Text, Title} from '@mantine/core'
import {IconPencil} from '@tabler/icons-react'
import {useCallback, useState} from 'react'
import type {Card, Fact, Stale} from '../../core/schema/card.ts'
import type {ModelVersion} from '../../core/schema/registry.ts'
import {goRun} from '../runs/go.ts'
import {useCall} from '../runs/use-call.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useFormat, useLanguage, useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import {Markdown} from '../ui/markdown.tsx'
import {CardTexts} from './card-texts.tsx'
import css from './models.module.css'

type Shown = {markdown: string; card: Card; stale: {fact: Fact; reason: Stale}[]}

/** `onChanged`: the version is not what it was. */
export function CardView({version, onChanged}: {version: ModelVersion; onChanged: () => void}) {
  const t = useT()
  const [writing, setWriting] = useState(false)
  const language = useLanguage()
  const {model: name, version: number} = version
  // biome-ignore lint/correctness/useExhaustiveDependencies: another card is another text
  const ask = useCallback(
    (signal: AbortSignal) =>
      store.getState().call('models.card', {name, version: number, language}, {signal}),
    [name, number, language, version.card, version.texts],
  )
  const {value, fault} = useCall(ask)
  if (fault) return <FaultAlert fault={fault} />
  if (!value) return <Loading />
  const {markdown, card, stale} = value
  return (
    <div className={css.halves}>
      <Stack gap="sm">
        {stale.length > 0 && (
          <Alert
            variant="outline"
            color="red"
            p="xs"
            title={t('models.card.stale', {n: stale.length})}
          >
            {stale.map(({fact, reason}) => (
              <Text size="sm" key={`${fact.name} ${reason}`}>
                {fact.name}: {t(`models.card.reasons.${reason}`)}
              </Text>
            ))}
          </Alert>
        )}
        <Group>
          <Button
            variant="default"
            leftSection={<IconPencil size={14} aria-hidden />}
            onClick={() => setWriting(true)}
          >
            {t('models.card.texts.write')}
          </Button>
        </Group>
        {writing && (
          <CardTexts
            version={version}
            texts={card.texts}
            onClose={() => setWriting(false)}
            onDone={() => {
              setWriting(false)
              onChanged()
            }}
          />
        )}
        <Box className={css.card}>
          <Markdown text={markdown} />
        </Box>
      </Stack>
      <Evidence card={card} stale={stale} />
    </div>
  )
}

function Evidence({card, stale}: Pick<Shown, 'card' | 'stale'>) {
  const t = useT()
  const {figure} = useFormat()
  const facts = [...card.evaluation.figures, ...card.training.figures, ...card.data.rows]
  const isStale = (fact: Fact) =>
    stale.some(({fact: other}) => other.name === fact.name && other.value === fact.value)
  return (
    <Stack gap={4} component="section">
      <Title order={4}>{t('models.card.evidence')}</Title>
      <Table verticalSpacing={3} className={css.figures}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('models.card.figure')}</Table.Th>
            <Table.Th scope="col">{t('runs.report.value')}</Table.Th>
            <Table.Th scope="col">{t('models.card.from')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {facts.map((fact, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: figures of the parts may share a name
            <Table.Tr key={i}>
              <Table.Td>{fact.name}</Table.Td>
              <Table.Td>
                {figure(fact.value)}
                {isStale(fact) && ` — ${t('models.card.isStale')}`}
              </Table.Td>
              <Table.Td>
                <Group gap="xs">
                  {fact.evidence.run !== undefined && (
                    <Anchor
                      component="button"
                      size="sm"
                      onClick={() => goRun(fact.evidence.run!)}
                      aria-label={t('models.openRun', {run: fact.evidence.run})}
                    >
                      {t('models.card.run')}
                    </Anchor>
                  )}
                  {fact.evidence.data !== undefined && (
                    <Text size="sm" title={fact.evidence.data}>
                      {t('models.card.data')} <code>{fact.evidence.data.slice(0, 8)}</code>
                    </Text>
                  )}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  )
}

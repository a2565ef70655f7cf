// A chart on the screen: drawn late, in the window's colours, as wide as its place; its numbers as a table too.
import {Box, Group, Skeleton, UnstyledButton, useComputedColorScheme} from '@mantine/core'
import {useDebouncedValue, useElementSize} from '@mantine/hooks'
import {useEffect, useRef, useState} from 'react'
import type {ChartSpec} from '../../core/charts/spec.ts'
import {type Fault, toFault} from '../../core/error.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useLanguage, useT} from '../ui/i18n.ts'
import css from './chart.module.css'
import {NumbersTable} from './numbers-table.tsx'
import type {Drawn} from './vega.ts'

/** `spec` should be memoised: a new one is drawn anew. `label` says what is seen, for who does not see it. */
export function Chart({spec, height, label}: {spec: ChartSpec; height?: number; label: string}) {
  const t = useT()
  const [listed, setListed] = useState(false)
  return (
    <Box className={css.chart}>
      {listed ? (
        <NumbersTable spec={spec} label={label} />
      ) : (
        <Drawing spec={spec} height={height} label={label} />
      )}
      <Group justify="flex-end">
        <UnstyledButton
          className={css.toggle}
          aria-label={`${t(listed ? 'charts.asChart' : 'charts.asTable')}: ${label}`}
          onClick={() => setListed(!listed)}
        >
          {t(listed ? 'charts.asChart' : 'charts.asTable')}
        </UnstyledButton>
      </Group>
    </Box>
  )
}

function Drawing({spec, height, label}: {spec: ChartSpec; height?: number; label: string}) {
  const scheme = useComputedColorScheme('light')
  const language = useLanguage()
  const {ref: sizeRef, width: measured} = useElementSize()
  const [width] = useDebouncedValue(Math.floor(measured), 80, {leading: true})
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<Drawn | undefined>(undefined)
  const [state, setState] = useState<{ready: boolean; fault?: Fault}>({ready: false})
  const wide = width > 0
  const latest = useRef(width)
  latest.current = width

  useEffect(() => {
    const container = place.current
    if (!wide || !container) return
    let gone = false
    const start = async () => {
      const {draw} = await import('./vega.ts')
      if (gone) return
      const chart = await draw(container, spec, {scheme, language, width: latest.current, height})
      if (gone) return chart.close()
      drawn.current = chart
      setState({ready: true})
    }
    start().catch(error => !gone && setState({ready: true, fault: toFault(error)}))
    return () => {
      gone = true
      drawn.current?.close()
      drawn.current = undefined
    }
  }, [spec, scheme, language, height, wide])

  useEffect(() => {
    if (width > 0) void drawn.current?.resize(width)
  }, [width])

  return (
    <Box ref={sizeRef} pos="relative" mih={spec.height ?? height ?? 260}>
      {!state.ready && <Skeleton pos="absolute" inset={0} />}
      {state.fault && <FaultAlert fault={state.fault} />}
      <div role="img" aria-label={label}>
        {/* Vega gives its own element a role and a label of its own. */}
        <div ref={place} aria-hidden className={css.drawing} />
      </div>
    </Box>
  )
}

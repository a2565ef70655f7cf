// A fault as a person reads it: what happened, why, and what to do.
import {Alert, Code, Group, Text} from '@mantine/core'
import {IconAlertTriangle} from '@tabler/icons-react'
import type {ReactNode} from 'react'
import type {Fault} from '../../core/error.ts'
import {useSaid, useT} from './i18n.ts'

/** `children`: what can be done about it here. */
export function FaultAlert({fault, children}: {fault: Fault; children?: ReactNode}) {
  const t = useT()
  const {message, hint, where} = useSaid().fault(fault)
  return (
    <Alert
      role="alert"
      variant="outline"
      color="red"
      p="xs"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={t(`common.faults.${fault.code}`)}
    >
      <Text size="sm">{message}</Text>
      {hint && (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      )}
      {where && <Code>{where}</Code>}
      {children && <Group mt="xs">{children}</Group>}
    </Alert>
  )
}

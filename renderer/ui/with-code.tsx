// A sentence whose `names` are set as code.
import {Code} from '@mantine/core'
import {Fragment, type ReactNode} from 'react'

/** What stands between backticks is code; line ends of the source are spaces. */
export function withCode(text: string): ReactNode {
  return text
    .replaceAll('\n', ' ')
    .split('`')
    .map((part, i) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places
      i % 2 === 1 ? <Code key={i}>{part}</Code> : <Fragment key={i}>{part}</Fragment>,
    )
}

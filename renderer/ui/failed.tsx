// A screen that fails does not take the window with it.
import {Button, Code, Stack, Text, Title} from '@mantine/core'
import {Component, type ReactNode} from 'react'
import {useT} from './i18n.ts'

export class Failed extends Component<{children: ReactNode}, {error?: Error}> {
  override state: {error?: Error} = {}

  static getDerivedStateFromError(error: Error) {
    return {error}
  }

  override render() {
    const {error} = this.state
    if (!error) return this.props.children
    return <Sorry error={error} again={() => this.setState({error: undefined})} />
  }
}

function Sorry({error, again}: {error: Error; again: () => void}) {
  const t = useT()
  return (
    <Stack p="xl" maw={640} role="alert">
      <Title order={2}>{t('window.crashed.title')}</Title>
      <Text>{t('window.crashed.text')}</Text>
      <Code block>{error.stack ?? String(error)}</Code>
      <Button onClick={again} w="fit-content">
        {t('common.tryAgain')}
      </Button>
    </Stack>
  )
}

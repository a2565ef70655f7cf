// The palette's way to the guide and to the report.
import {useMemo} from 'react'
import {useScreenCommands} from '../state/screen-commands.ts'
import {store} from '../state/store.ts'
import type {Command} from '../ui/commands.ts'
import {useT} from '../ui/i18n.ts'
import {useGuide} from './guide.tsx'
import {reportItem} from './report-screen.tsx'
import {useChecklist} from './use-checklist.ts'

export function useGuideCommands(): void {
  const t = useT()
  const {shown} = useGuide()
  const guided = useChecklist() !== undefined
  const commands = useMemo(
    (): Command[] => [
      {
        id: 'report',
        title: t('report.action'),
        run: () => {
          const {route, go} = store.getState()
          if (route.at === 'project') go({...route, screen: 'documents', item: reportItem})
        },
      },
      ...(guided
        ? [
            {
              id: 'guide',
              title: t('guide.toggle'),
              run: () => {
                const {remember} = store.getState()
                remember('inspector', true)
                remember('guide', !shown)
              },
            },
          ]
        : []),
    ],
    [t, shown, guided],
  )
  useScreenCommands(commands)
}

import {Kbd, Modal, Table} from '@mantine/core'
import type {Command} from './commands.ts'
import {useT} from './i18n.ts'
import {shownKeys} from './keyboard.ts'
import {usePanels} from './panels.ts'

/** All keys in one place. */
export function KeySheet({commands}: {commands: readonly Command[]}) {
  const t = useT()
  const {open, hide} = usePanels()
  return (
    <Modal
      opened={open === 'keys'}
      onClose={hide}
      title={t('window.keys.title')}
      closeButtonProps={{'aria-label': t('common.close')}}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('window.keys.what')}</Table.Th>
            <Table.Th>{t('window.keys.keys')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {commands
            .filter(({keys}) => keys)
            .map(({id, title, keys}) => (
              <Table.Tr key={id}>
                <Table.Td>{title}</Table.Td>
                <Table.Td>
                  {keys!.split(' ').map(one => (
                    <Kbd key={one} mr={4}>
                      {shownKeys(one)}
                    </Kbd>
                  ))}
                </Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}

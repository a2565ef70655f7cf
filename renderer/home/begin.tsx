// Ways to begin: one's own data, or a template.
import {Button, FileButton, Text, Title, UnstyledButton} from '@mantine/core'
import {
  IconChartDots,
  IconFileImport,
  IconFilePlus,
  IconMessage2,
  IconPhoto,
  IconRoute,
  IconSchool,
  IconTable,
  IconTemplate,
} from '@tabler/icons-react'
import {chosenFiles} from '../state/dropped.ts'
import {useT} from '../ui/i18n.ts'
import {useBeginning} from './beginning.ts'
import css from './home.module.css'
import {templateWords} from './projects.ts'

const icons: Record<string, typeof IconTable> = {
  'mini-pipeline': IconRoute,
  'mini-project': IconSchool,
  'tabular-classification': IconTable,
  'tabular-regression': IconChartDots,
  'image-classification': IconPhoto,
  'text-classification': IconMessage2,
}

type Props = {
  templates: readonly string[]
  /** Asks for the name of a project from a template; an empty text for none. */
  begin: (template: string) => void
}

export function Begin({templates, begin}: Props) {
  const t = useT()
  const beginning = useBeginning()
  return (
    <>
      <section className={css.drop} aria-labelledby="own-data">
        <IconFileImport size={28} aria-hidden />
        <div className={css.grow}>
          <Title order={2} size="h5" id="own-data">
            {t('home.own')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('home.ownAbout')}
          </Text>
        </div>
        <FileButton multiple onChange={files => void beginning.withFiles(chosenFiles(files))}>
          {props => (
            <Button variant="default" {...props}>
              {t('home.choose')}
            </Button>
          )}
        </FileButton>
      </section>
      <section aria-labelledby="templates">
        <Title order={2} size="h5" id="templates">
          {t('home.fromTemplate')}
        </Title>
        <ul className={css.cards}>
          {templates.map(name => {
            const words = templateWords(name)
            const Icon = icons[name] ?? IconTemplate
            return (
              <Card
                key={name}
                icon={<Icon size={24} aria-hidden />}
                title={words ? t(words.title) : name}
                about={words && t(words.about)}
                onClick={() => begin(name)}
              />
            )
          })}
          <Card
            icon={<IconFilePlus size={24} aria-hidden />}
            title={t('home.empty')}
            about={t('home.emptyAbout')}
            onClick={() => begin('')}
          />
        </ul>
      </section>
    </>
  )
}

type CardProps = {
  icon: React.ReactNode
  title: string
  about: string | undefined
  onClick: () => void
}

const Card = ({icon, title, about, onClick}: CardProps) => (
  <li>
    <UnstyledButton className={css.card} onClick={onClick}>
      {icon}
      <Text fw={600} mt={6}>
        {title}
      </Text>
      <Text size="sm" c="dimmed">
        {about}
      </Text>
    </UnstyledButton>
  </li>
)
